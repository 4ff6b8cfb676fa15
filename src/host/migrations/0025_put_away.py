"""Since when a card lies in Done or Not now, by which these are in order."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

AWAY = sa.text("put_away_at IS NOT NULL")
FILL = """
    UPDATE card SET put_away_at = coalesce(
        (SELECT at FROM closure WHERE closure.card_id = card.id),
        (SELECT at FROM postponement WHERE postponement.card_id = card.id)
    )
    WHERE id IN (SELECT card_id FROM closure UNION ALL SELECT card_id FROM postponement)
"""


def upgrade() -> None:
    op.add_column("card", sa.Column("put_away_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(FILL)
    op.create_index(
        "ix_card_put_away", "card", ["board_id", "place", "put_away_at"], sqlite_where=AWAY, postgresql_where=AWAY
    )


def downgrade() -> None:
    op.drop_index("ix_card_put_away", "card")
    op.drop_column("card", "put_away_at")
