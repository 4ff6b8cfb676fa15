"""One draft of a card a person and board."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

DRAFT = sa.text("place = 'draft'")


def upgrade() -> None:
    op.create_index(
        "ix_card_draft", "card", ["board_id", "creator_id"], unique=True, sqlite_where=DRAFT, postgresql_where=DRAFT
    )


def downgrade() -> None:
    op.drop_index("ix_card_draft", "card")
