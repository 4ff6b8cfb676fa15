"""Trees."""

import sqlalchemy as sa
from alembic import op

revision = "orchard_0001"
down_revision = None


def upgrade():
    op.create_table("orchard_tree", sa.Column("id", sa.Integer, primary_key=True), sa.Column("kind", sa.String(20)))
