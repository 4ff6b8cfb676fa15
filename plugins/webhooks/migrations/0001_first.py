"""Webhooks, their deliveries, and each try."""

import sqlalchemy as sa
from alembic import op

revision = "webhooks_0001"
down_revision = None
branch_labels = None
depends_on = None

WEBHOOK, DELIVERY, ATTEMPT = "webhooks_webhook", "webhooks_delivery", "webhooks_attempt"
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        WEBHOOK,
        sa.Column("id", Id, nullable=False),
        sa.Column("board_id", Id, nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("former_secret", sa.Text(), nullable=True),
        sa.Column("former_until", Moment, nullable=True),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("plain_signature", sa.Boolean(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", Moment, nullable=True),
        sa.Column("rests_until", Moment, nullable=True),
        sa.Column("off_why", sa.String(300), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=f"fk_{WEBHOOK}_board_id_board", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["creator_id"], ["user.id"], name=f"fk_{WEBHOOK}_creator_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{WEBHOOK}"),
    )
    op.create_index(f"ix_{WEBHOOK}_board_id", WEBHOOK, ["board_id"])
    op.create_table(
        DELIVERY,
        sa.Column("id", Id, nullable=False),
        sa.Column("webhook_id", Id, nullable=False),
        sa.Column("message_id", sa.String(40), nullable=False),
        sa.Column("event_id", Id, nullable=True),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("lane", Id, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("happened_at", Moment, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", Moment, nullable=True),
        sa.Column("note", sa.String(300), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["webhook_id"], [f"{WEBHOOK}.id"], name=f"fk_{DELIVERY}_webhook_id_{WEBHOOK}", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{DELIVERY}"),
    )
    op.create_index(f"ix_{DELIVERY}_webhook_id_event_id", DELIVERY, ["webhook_id", "event_id"], unique=True)
    for column in ("next_try_at", "lane"):
        queue = ["webhook_id", "state", column, "event_id"]
        op.create_index(f"ix_{DELIVERY}_{'_'.join(queue)}", DELIVERY, queue)
    op.create_index(f"ix_{DELIVERY}_created_at", DELIVERY, ["created_at"])
    op.create_table(
        ATTEMPT,
        sa.Column("id", Id, nullable=False),
        sa.Column("delivery_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("request_headers", sa.JSON(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer_headers", sa.JSON(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("error", sa.String(300), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], [f"{DELIVERY}.id"], name=f"fk_{ATTEMPT}_delivery_id_{DELIVERY}", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{ATTEMPT}"),
    )
    op.create_index(f"ix_{ATTEMPT}_delivery_id", ATTEMPT, ["delivery_id"])


def downgrade() -> None:
    for table in (ATTEMPT, DELIVERY, WEBHOOK):
        op.drop_table(table)
