"""The first tables: spaces, people, boards, cards and their talk, the event log, jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("cards_numbered", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
    )
    op.create_table(
        "launch_token",
        sa.Column("id", Id, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_launch_token"),
        sa.UniqueConstraint("digest", name="uq_launch_token_digest"),
    )
    op.create_table(
        "live_letter",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_live_letter"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_live_letter_at", "live_letter", ["at"], unique=False)
    op.create_table(
        "tag",
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("hue", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_tag_account_id_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("account_id", "title", name="uq_tag_account_id_title"),
    )
    op.create_table(
        "user",
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("handle", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_user_account_id_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("account_id", "email", name="uq_user_account_id_email"),
        sa.UniqueConstraint("account_id", "handle", name="uq_user_account_id_handle"),
    )
    op.create_index("ix_user_email", "user", ["email"], unique=False)
    op.create_table(
        "board",
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("all_access", sa.Boolean(), nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_board_account_id_account", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["creator_id"], ["user.id"], name="fk_board_creator_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_board"),
    )
    op.create_index("ix_board_account_id", "board", ["account_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", Id, nullable=False),
        sa.Column("task", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("run_at", Moment, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("most_attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=120), nullable=True),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("asked_by_id", Id, nullable=True),
        sa.Column("summary", sa.String(length=500), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("started_at", Moment, nullable=True),
        sa.Column("finished_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name="fk_job_asked_by_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_finished_at_state", "job", ["finished_at", "state"], unique=False)
    op.create_index("ix_job_state_run_at_id", "job", ["state", "run_at", "id"], unique=False)
    op.create_index(
        "ux_job_key",
        "job",
        ["key"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "session",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_session_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("digest", name="uq_session_digest"),
    )
    op.create_index("ix_session_user_id", "session", ["user_id"], unique=False)
    op.create_table(
        "token",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_token_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_token"),
        sa.UniqueConstraint("digest", name="uq_token_digest"),
    )
    op.create_index("ix_token_user_id", "token", ["user_id"], unique=False)
    op.create_table(
        "access",
        sa.Column("id", Id, nullable=False),
        sa.Column("board_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("watching", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_access_board_id_board", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_access_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_access"),
        sa.UniqueConstraint("user_id", "board_id", name="uq_access_user_id_board_id"),
    )
    op.create_index("ix_access_board_id", "access", ["board_id"], unique=False)
    op.create_table(
        "column",
        sa.Column("id", Id, nullable=False),
        sa.Column("board_id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("hue", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_column_board_id_board", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_column"),
    )
    op.create_index("ix_column_board_id", "column", ["board_id"], unique=False)
    op.create_table(
        "fold",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("board_id", Id, nullable=False),
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("folded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_fold_board_id_board", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_fold_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_fold"),
        sa.UniqueConstraint("user_id", "board_id", "key", name="uq_fold_user_id_board_id_key"),
    )
    op.create_index("ix_fold_board_id", "fold", ["board_id"], unique=False)
    op.create_table(
        "task_run",
        sa.Column("id", Id, nullable=False),
        sa.Column("task", sa.String(length=80), nullable=False),
        sa.Column("slot", Moment, nullable=True),
        sa.Column("job_id", Id, nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=True),
        sa.Column("asked_by_id", Id, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("started_at", Moment, nullable=True),
        sa.Column("finished_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name="fk_task_run_asked_by_id_user", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_task_run_job_id_job", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_task_run"),
        sa.UniqueConstraint("task", "slot", name="uq_task_run_task_slot"),
    )
    op.create_index("ix_task_run_job_id", "task_run", ["job_id"], unique=False)
    op.create_index("ix_task_run_task_id", "task_run", ["task", "id"], unique=False)
    op.create_index(
        "ux_task_run_unfinished",
        "task_run",
        ["task"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_table(
        "card",
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("board_id", Id, nullable=False),
        sa.Column("column_id", Id, nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("place", sa.String(20), nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("last_active_at", Moment, nullable=False),
        sa.Column("activity_spike_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_card_account_id_account", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_card_board_id_board", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name="fk_card_column_id_column", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["creator_id"], ["user.id"], name="fk_card_creator_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
        sa.UniqueConstraint("account_id", "number", name="uq_card_account_id_number"),
    )
    op.create_index(
        "ix_card_awake",
        "card",
        ["board_id", "last_active_at"],
        unique=False,
        sqlite_where=sa.text("place IN ('maybe', 'column')"),
        postgresql_where=sa.text("place IN ('maybe', 'column')"),
    )
    op.create_index(
        "ix_card_board_id_place_column_id_last_active_at",
        "card",
        ["board_id", "place", "column_id", "last_active_at"],
        unique=False,
    )
    op.create_index("ix_card_column_id", "card", ["column_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_assignment_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_assignment_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.UniqueConstraint("card_id", "user_id", name="uq_assignment_card_id_user_id"),
    )
    op.create_index("ix_assignment_user_id", "assignment", ["user_id"], unique=False)
    op.create_table(
        "closure",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_closure_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["creator_id"], ["user.id"], name="fk_closure_creator_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_closure"),
        sa.UniqueConstraint("card_id", name="uq_closure_card_id"),
    )
    op.create_table(
        "comment",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_comment_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["creator_id"], ["user.id"], name="fk_comment_creator_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_card_id_created_at", "comment", ["card_id", "created_at"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("board_id", Id, nullable=True),
        sa.Column("card_id", Id, nullable=True),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_event_account_id_account", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_event_board_id_board", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_event_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["creator_id"], ["user.id"], name="fk_event_creator_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_account_id_at", "event", ["account_id", "at"], unique=False)
    op.create_index("ix_event_board_id_at", "event", ["board_id", "at"], unique=False)
    op.create_index("ix_event_card_id_at", "event", ["card_id", "at"], unique=False)
    op.create_table(
        "goldness",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_goldness_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["creator_id"], ["user.id"], name="fk_goldness_creator_id_user", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_goldness"),
        sa.UniqueConstraint("card_id", name="uq_goldness_card_id"),
    )
    op.create_table(
        "postponement",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_postponement_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["user.id"], name="fk_postponement_creator_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_postponement"),
        sa.UniqueConstraint("card_id", name="uq_postponement_card_id"),
    )
    op.create_table(
        "step",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("done_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_step_card_id_card", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
    )
    op.create_index("ix_step_card_id", "step", ["card_id"], unique=False)
    op.create_table(
        "tagging",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("tag_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_tagging_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name="fk_tagging_tag_id_tag", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_tagging"),
        sa.UniqueConstraint("card_id", "tag_id", name="uq_tagging_card_id_tag_id"),
    )
    op.create_index("ix_tagging_tag_id", "tagging", ["tag_id"], unique=False)
    op.create_table(
        "watch",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("watching", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_watch_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_watch_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_watch"),
        sa.UniqueConstraint("card_id", "user_id", name="uq_watch_card_id_user_id"),
    )
    op.create_index("ix_watch_user_id", "watch", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_table("watch")
    op.drop_table("tagging")
    op.drop_table("step")
    op.drop_table("postponement")
    op.drop_table("goldness")
    op.drop_table("event")
    op.drop_table("comment")
    op.drop_table("closure")
    op.drop_table("assignment")
    op.drop_table("card")
    op.drop_table("task_run")
    op.drop_table("fold")
    op.drop_table("column")
    op.drop_table("access")
    op.drop_table("token")
    op.drop_table("session")
    op.drop_table("job")
    op.drop_table("board")
    op.drop_table("user")
    op.drop_table("tag")
    op.drop_table("live_letter")
    op.drop_table("launch_token")
    op.drop_table("account")
