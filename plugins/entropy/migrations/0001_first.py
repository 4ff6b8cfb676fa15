"""The clock of a space, and of a board that has its own."""

import sqlalchemy as sa
from alembic import op

revision = "entropy_0001"
down_revision = None
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "entropy_account",
        sa.Column("account_id", Id, nullable=False),
        sa.Column("period_seconds", sa.Integer(), nullable=True),
        sa.Column("golden_stays", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_entropy_account_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_entropy_account"),
    )
    op.create_table(
        "entropy_board",
        sa.Column("board_id", Id, nullable=False),
        sa.Column("period_seconds", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_entropy_board_board_id_board", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("board_id", name="pk_entropy_board"),
    )


def downgrade() -> None:
    op.drop_table("entropy_board")
    op.drop_table("entropy_account")
