"""Jobs with a priority, in lanes, that say how far they are; periodic tasks that can be paused."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")
AHEAD = sa.text("lane IS NOT NULL AND state IN ('waiting', 'running', 'parked')")


def upgrade() -> None:
    op.add_column("job", sa.Column("lane", sa.String(200), nullable=True))
    op.add_column("job", sa.Column("priority", sa.SmallInteger(), nullable=False, server_default=sa.text("1")))
    op.add_column("job", sa.Column("progress", sa.BigInteger(), nullable=True))
    op.add_column("job", sa.Column("progress_of", sa.BigInteger(), nullable=True))
    claimed = ["priority", "run_at", "id"]
    op.create_index("ix_job_claim", "job", claimed, sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_index("ix_job_lane", "job", ["lane", "id"], sqlite_where=AHEAD, postgresql_where=AHEAD)
    op.create_table(
        "task_pause",
        sa.Column("task", sa.String(80), nullable=False),
        sa.Column("paused_at", Moment, nullable=False),
        sa.Column("resumed_at", Moment, nullable=True),
        sa.Column("paused_by_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["paused_by_id"], ["user.id"], name="fk_task_pause_paused_by_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("task", name="pk_task_pause"),
    )


def downgrade() -> None:
    op.drop_table("task_pause")
    op.drop_index("ix_job_lane", "job")
    op.drop_index("ix_job_claim", "job")
    for column in ("progress_of", "progress", "priority", "lane"):
        op.drop_column("job", column)
