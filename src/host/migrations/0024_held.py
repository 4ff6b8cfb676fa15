"""Parts of cards that were taken away and can still be brought back."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

PARTS = ("attachment", "reaction", "step")


def upgrade() -> None:
    for part in PARTS:
        op.add_column(part, sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for part in PARTS:
        op.execute(sa.text(f"DELETE FROM {part} WHERE removed_at IS NOT NULL"))  # noqa: S608 -- our own names
        op.drop_column(part, "removed_at")
