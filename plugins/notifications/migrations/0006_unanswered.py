"""How often a letter was handed over without an answer, instead of whether it was: it is repeated once at most."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0006"
down_revision = "notifications_0005"
branch_labels = None
depends_on = None

BUNDLE = "notifications_bundle"


def upgrade() -> None:
    op.add_column(BUNDLE, sa.Column("unanswered", sa.Integer(), nullable=False, server_default="0"))
    op.execute(sa.text(f"UPDATE {BUNDLE} SET unanswered = 1 WHERE uncertain"))  # noqa: S608 -- a constant
    op.drop_column(BUNDLE, "uncertain")


def downgrade() -> None:
    op.add_column(BUNDLE, sa.Column("uncertain", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.text(f"UPDATE {BUNDLE} SET uncertain = (unanswered > 0)"))  # noqa: S608 -- a constant
    op.drop_column(BUNDLE, "unanswered")
