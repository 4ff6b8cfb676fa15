"""Cards that are about to be deleted, and the day by which one is to be done."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("card", sa.Column("due_on", sa.Date(), nullable=True))
    op.create_table(
        "removal",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_removal_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["creator_id"], ["user.id"], name="fk_removal_creator_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_removal"),
        sa.UniqueConstraint("card_id", name="uq_removal_card_id"),
    )
    op.create_index("ix_removal_creator_id", "removal", ["creator_id"])


def downgrade() -> None:
    op.drop_table("removal")
    op.drop_column("card", "due_on")
