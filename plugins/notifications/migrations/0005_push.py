"""Push: browsers that are told while no page is open, and the key pair that we sign with."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0005"
down_revision = "notifications_0004"
branch_labels = None
depends_on = None

TABLE, KEY = "notifications_push", "notifications_push_key"
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        KEY,
        sa.Column("id", Id, nullable=False, autoincrement=False),
        sa.Column("public", sa.String(100), nullable=False),
        sa.Column("private", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{KEY}"),
    )
    op.create_table(
        TABLE,
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("session_id", Id, nullable=False),
        sa.Column("key_id", Id, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("endpoint_digest", sa.String(64), nullable=False),
        sa.Column("p256dh", sa.String(100), nullable=False),
        sa.Column("auth", sa.Text(), nullable=False),
        sa.Column("failing_since", Moment, nullable=True),
        sa.Column("last_error", sa.String(300), nullable=True),
        sa.Column("last_sent_at", Moment, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=f"fk_{TABLE}_user_id_user", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=f"fk_{TABLE}_session_id_session", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["key_id"], [f"{KEY}.id"], name=f"fk_{TABLE}_key_id_{KEY}"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("endpoint_digest", name=f"uq_{TABLE}_endpoint_digest"),
    )
    op.create_index(f"ix_{TABLE}_user_id", TABLE, ["user_id"])
    op.create_index(f"ix_{TABLE}_session_id", TABLE, ["session_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_table(KEY)
