"""The space's own feed."""

import sqlalchemy as sa
from alembic import op

revision = "publishing_0002"
down_revision = "publishing_0001"
branch_labels = None
depends_on = None

TABLE = "publishing_feed_entry"
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("published_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Column("removed_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=f"fk_{TABLE}_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("account_id", "key", name=f"uq_{TABLE}_account_id_key"),
    )
    op.create_index(f"ix_{TABLE}_newest", TABLE, ["account_id", "published_at", "id"])


def downgrade() -> None:
    op.drop_table(TABLE)
