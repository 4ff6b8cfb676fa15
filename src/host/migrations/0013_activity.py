"""What somebody did is found by its time."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_event_creator_id_at", "event", ["creator_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_event_creator_id_at", "event")
