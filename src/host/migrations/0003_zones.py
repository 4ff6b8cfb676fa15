"""The time zone that each person lives in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user", sa.Column("zone", sa.String(64), nullable=True))


def downgrade() -> None:
    op.drop_column("user", "zone")
