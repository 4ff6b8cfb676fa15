"""Cards are found by the day by which they are to be done."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    dated = sa.text("due_on IS NOT NULL")
    op.create_index("ix_card_due", "card", ["account_id", "due_on"], sqlite_where=dated, postgresql_where=dated)


def downgrade() -> None:
    op.drop_index("ix_card_due", "card")
