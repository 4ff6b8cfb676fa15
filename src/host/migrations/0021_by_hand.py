"""Columns whose cards lie where they are put."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("column", sa.Column("order", sa.String(20), nullable=False, server_default="touched"))
    op.add_column("card", sa.Column("rank", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index("ix_card_column_id_rank", "card", ["column_id", "rank"])
    op.drop_index("ix_card_column_id", "card")  # the new one begins as it did


def downgrade() -> None:
    op.create_index("ix_card_column_id", "card", ["column_id"])
    op.drop_index("ix_card_column_id_rank", "card")
    op.drop_column("card", "rank")
    op.drop_column("column", "order")
