"""The age of a board's cards, day by day."""

import sqlalchemy as sa
from alembic import op

revision = "entropy_0004"
down_revision = "entropy_0003"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "entropy_age",
        sa.Column("board_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_entropy_age_board_id_board", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("board_id", "day", "stage", name="pk_entropy_age"),
    )
    op.create_index("ix_entropy_age_day", "entropy_age", ["day"])


def downgrade() -> None:
    op.drop_table("entropy_age")
