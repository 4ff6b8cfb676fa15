"""What people chose about rules, and what was removed."""

import sqlalchemy as sa
from alembic import op

revision = "cleanup_0001"
down_revision = None
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "cleanup_choice",
        sa.Column("rule", sa.String(80), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("switched_on", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("rule", name="pk_cleanup_choice"),
    )
    op.create_table(
        "cleanup_removal",
        sa.Column("id", Id, nullable=False),
        sa.Column("rule", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cleanup_removal"),
    )
    op.create_index("ix_cleanup_removal_rule_id", "cleanup_removal", ["rule", "id"])
    op.create_index("ix_cleanup_removal_at", "cleanup_removal", ["at"])


def downgrade() -> None:
    op.drop_table("cleanup_removal")
    op.drop_table("cleanup_choice")
