"""What people are told."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0001"
down_revision = None
branch_labels = None
depends_on = None

TABLE = "notifications_notification"
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=True),
        sa.Column("key", sa.String(length=100), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("event_id", Id, nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("unread_count", sa.Integer(), nullable=False),
        sa.Column("read_at", Moment, nullable=True),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=f"fk_{TABLE}_user_id_user", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=f"fk_{TABLE}_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["creator_id"], ["user.id"], name=f"fk_{TABLE}_creator_id_user", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=f"fk_{TABLE}_event_id_event", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
    )
    _index("card_id")
    _index("event_id")
    _index("user_id", "updated_at")
    _index("user_id", "card_id", unique=True, where="card_id IS NOT NULL")
    _index("user_id", "key", unique=True, where="key IS NOT NULL")
    _index("user_id", "card_id", name="ix_notifications_unread", where="read_at IS NULL")


def _index(*columns: str, name: str = "", unique: bool = False, where: str | None = None) -> None:
    condition = sa.text(where) if where else None
    op.create_index(
        name or f"ix_{TABLE}_{'_'.join(columns)}",
        TABLE,
        columns,
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def downgrade() -> None:
    op.drop_table(TABLE)
