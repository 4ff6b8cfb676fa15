"""What filters over all boards look cards up by."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

AWAKE = sa.text("place IN ('maybe', 'column')")


def upgrade() -> None:
    op.create_index(
        "ix_card_account_awake",
        "card",
        ["account_id", "last_active_at"],
        sqlite_where=AWAKE,
        postgresql_where=AWAKE,
    )
    op.create_index("ix_card_account_id_created_at", "card", ["account_id", "created_at"])
    op.create_index("ix_card_creator_id_created_at", "card", ["creator_id", "created_at"])
    op.create_index("ix_closure_at", "closure", ["at"])
    op.create_index("ix_closure_creator_id", "closure", ["creator_id"])


def downgrade() -> None:
    op.drop_index("ix_closure_creator_id", "closure")
    op.drop_index("ix_closure_at", "closure")
    for name in ("ix_card_creator_id_created_at", "ix_card_account_id_created_at", "ix_card_account_awake"):
        op.drop_index(name, "card")
