"""Runs that made nothing are looked up by their time, to go after a year."""

import sqlalchemy as sa
from alembic import op

revision = "recurring_0002"
down_revision = "recurring_0001"
branch_labels = None
depends_on = None

EMPTY = sa.text("outcome <> 'made'")


def upgrade() -> None:
    op.create_index(
        "ix_recurring_run_empty", "recurring_run", ["at"], sqlite_where=EMPTY, postgresql_where=EMPTY
    )


def downgrade() -> None:
    op.drop_index("ix_recurring_run_empty", "recurring_run")
