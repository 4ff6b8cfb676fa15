"""Queues, and the history of their runs."""

import sqlalchemy as sa
from alembic import op

revision = "recurring_0001"
down_revision = None
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
QUEUES, RUN = "recurring_queues", "recurring_run"
ACTIVE = sa.text("status = 'active'")


def upgrade() -> None:
    _queues()
    _runs()
    op.create_table(
        "recurring_gaps",
        sa.Column("account_id", Id, nullable=False),
        sa.Column("by_network", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_recurring_gaps_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_recurring_gaps"),
    )


def _queues() -> None:
    op.create_table(
        QUEUES,
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("original_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("skip_dates", sa.JSON(), nullable=False),
        sa.Column("grace_hours", sa.Integer(), nullable=True),
        sa.Column("next_time", Moment, nullable=True),
        sa.Column("due_at", Moment, nullable=True),
        sa.Column("last_time", Moment, nullable=True),
        sa.Column("last_ran_at", Moment, nullable=True),
        sa.Column("executions", sa.Integer(), nullable=False),
        sa.Column("max_executions", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("attention", sa.String(500), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=f"fk_{QUEUES}_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=f"fk_{QUEUES}_owner_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{QUEUES}"),
        sqlite_autoincrement=True,
    )
    op.create_index(f"ix_{QUEUES}_by_user_status", QUEUES, ["owner_id", "status"])
    active = {"sqlite_where": ACTIVE, "postgresql_where": ACTIVE}
    op.create_index(f"ix_{QUEUES}_by_next_scheduled", QUEUES, ["next_time"], **active)
    op.create_index(f"ix_{QUEUES}_due", QUEUES, ["due_at", "id"], **active)
    op.create_index(f"ix_{QUEUES}_original", QUEUES, ["kind", "original_id"])
    shared = {"sqlite_where": sa.text("shared = 1"), "postgresql_where": sa.text("shared")}
    op.create_index(f"ix_{QUEUES}_shared", QUEUES, ["account_id"], **shared)
    op.create_index(f"ix_{QUEUES}_account_id", QUEUES, ["account_id"])


def _runs() -> None:
    op.create_table(
        RUN,
        sa.Column("id", Id, nullable=False),
        sa.Column("queue_id", Id, nullable=False),
        sa.Column("occurrence", Moment, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("why", sa.String(500), nullable=True),
        sa.Column("made_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("said", sa.JSON(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], [f"{QUEUES}.id"], name=f"fk_{RUN}_queue_id_{QUEUES}", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{RUN}"),
    )
    op.create_index(f"uq_{RUN}_occurrence", RUN, ["queue_id", "occurrence"], unique=True)
    op.create_index(f"ix_{RUN}_made_id", RUN, ["made_id"])


def downgrade() -> None:
    op.drop_table("recurring_gaps")
    op.drop_table(RUN)
    op.drop_table(QUEUES)
