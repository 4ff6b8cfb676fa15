"""Who was mentioned where."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0002"
down_revision = "notifications_0001"
branch_labels = None
depends_on = None

TABLE = "notifications_mention"
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("comment_id", Id, nullable=True),
        sa.Column("mentioner_id", Id, nullable=True),
        sa.Column("event_id", Id, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _refers("user_id", "user", "CASCADE"),
        _refers("card_id", "card", "CASCADE"),
        _refers("comment_id", "comment", "CASCADE"),
        _refers("mentioner_id", "user", "SET NULL"),
        _refers("event_id", "event", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
    )
    _index("user_id", "comment_id", unique=True, where="comment_id IS NOT NULL")
    _index("user_id", "card_id", unique=True, where="comment_id IS NULL")
    for column in ("card_id", "comment_id", "mentioner_id", "event_id"):
        _index(column)


def _refers(column: str, table: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_{TABLE}_{column}_{table}", ondelete=ondelete)


def _index(*columns: str, unique: bool = False, where: str | None = None) -> None:
    condition = sa.text(where) if where else None
    name = f"ix_{TABLE}_{'_'.join(columns)}"
    op.create_index(name, TABLE, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    op.drop_table(TABLE)
