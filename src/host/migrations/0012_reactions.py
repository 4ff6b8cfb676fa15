"""Reactions to cards and comments."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reaction",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("comment_id", Id, nullable=True),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("content", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_reaction_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name="fk_reaction_comment_id_comment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["creator_id"], ["user.id"], name="fk_reaction_creator_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_reaction"),
    )
    op.create_index("ix_reaction_card_id", "reaction", ["card_id"])
    op.create_index("ix_reaction_comment_id", "reaction", ["comment_id"])


def downgrade() -> None:
    op.drop_table("reaction")
