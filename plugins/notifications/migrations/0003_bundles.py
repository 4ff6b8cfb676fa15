"""Bundles, what people chose to hear, and what they muted; why and by which way each is told."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "notifications_0003"
down_revision = "notifications_0002"
branch_labels = None
depends_on = None

TABLE = "notifications_notification"
BUNDLE = "notifications_bundle"
PREFERENCES = "notifications_preferences"
MUTE = "notifications_mute"
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _bundles()
    _preferences()
    _mutes()
    _notifications()


def _bundles() -> None:
    op.create_table(
        BUNDLE,
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("claimed_until", Moment, nullable=True),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("error", sa.String(500), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=f"fk_{BUNDLE}_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{BUNDLE}"),
    )
    _index(BUNDLE, ["user_id"], name="uq_notifications_bundle_open", unique=True, where="state = 'open'")
    _index(BUNDLE, ["ends_at"], name="ix_notifications_bundle_due", where="state = 'open'")
    _index(BUNDLE, ["claimed_until"], name="ix_notifications_bundle_retry", where="state = 'closed'")
    _index(BUNDLE, ["user_id"])


def _preferences() -> None:
    op.create_table(
        PREFERENCES,
        sa.Column("user_id", Id, nullable=False),
        sa.Column("pace", sa.String(20), nullable=False),
        sa.Column("hour", sa.Time(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_to", sa.Time(), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("summary", sa.Boolean(), nullable=False),
        sa.Column("summed_up_at", Moment, nullable=True),
        sa.Column("mail_stopped_at", Moment, nullable=True),
        sa.Column("mail_error", sa.String(500), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=f"fk_{PREFERENCES}_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=f"pk_{PREFERENCES}"),
    )


def _mutes() -> None:
    op.create_table(
        MUTE,
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=True),
        sa.Column("board_id", Id, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=f"fk_{MUTE}_user_id_user", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=f"fk_{MUTE}_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=f"fk_{MUTE}_board_id_board", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{MUTE}"),
    )
    _index(MUTE, ["card_id", "user_id"], unique=True, where="card_id IS NOT NULL")
    _index(MUTE, ["board_id", "user_id"], unique=True, where="board_id IS NOT NULL")
    _index(MUTE, ["user_id"])


def _notifications() -> None:
    """Whoever was told before was told in the bell, and because they watched."""
    op.add_column(TABLE, sa.Column("reason", sa.String(20), nullable=False, server_default="watching"))
    op.add_column(TABLE, sa.Column("in_bell", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column(TABLE, sa.Column("on_desktop", sa.Boolean(), nullable=False, server_default=sa.false()))
    bundle = sa.ForeignKey(f"{BUNDLE}.id", name=f"fk_{TABLE}_bundle_id_{BUNDLE}", ondelete="SET NULL")
    with op.batch_alter_table(TABLE) as notification:  # SQLite takes a named reference only with a new table
        notification.add_column(sa.Column("bundle_id", Id, bundle, nullable=True))
    _index(TABLE, ["bundle_id"])
    op.drop_index("ix_notifications_unread", TABLE)
    in_bell = "in_bell = 1" if op.get_bind().dialect.name == "sqlite" else "in_bell"
    _index(TABLE, ["user_id", "card_id"], name="ix_notifications_unread", where=f"read_at IS NULL AND {in_bell}")


def _index(table: str, columns: Sequence[str], *, name: str = "", unique: bool = False, where: str = "") -> None:
    condition = sa.text(where) if where else None
    op.create_index(
        name or f"ix_{table}_{'_'.join(columns)}",
        table,
        list(columns),
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def downgrade() -> None:
    op.drop_index("ix_notifications_unread", TABLE)
    op.drop_index(f"ix_{TABLE}_bundle_id", TABLE)
    with op.batch_alter_table(TABLE) as notification:
        for column in ("bundle_id", "on_desktop", "in_bell", "reason"):
            notification.drop_column(column)
    _index(TABLE, ["user_id", "card_id"], name="ix_notifications_unread", where="read_at IS NULL")
    for table in (MUTE, PREFERENCES, BUNDLE):
        op.drop_table(table)
