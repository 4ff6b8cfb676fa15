"""Cards that had a spike of activity are few, and are found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SPIKED = sa.text("activity_spike_at IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_card_spiked", "card", ["activity_spike_at"], sqlite_where=SPIKED, postgresql_where=SPIKED)


def downgrade() -> None:
    op.drop_index("ix_card_spiked", "card")
