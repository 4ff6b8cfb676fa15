"""Posts, where they go, what became of each, and the accounts that they go out on."""

import sqlalchemy as sa
from alembic import op

revision = "publishing_0001"
down_revision = None
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
OPEN_TARGETS = sa.text("state IN ('scheduled', 'claimed', 'sending', 'unconfirmed')")
OPEN_ATTEMPTS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _create_policy()
    _create_connection()
    _create_slot()
    _create_visit()
    _create_post()
    _create_medium()
    _create_target()
    _create_variant()
    _create_version()
    _create_part()
    _create_attempt()


def _create_policy() -> None:
    op.create_table(
        "publishing_policy",
        sa.Column("account_id", Id, nullable=False),
        sa.Column("grace_seconds", sa.Integer(), nullable=False),
        sa.Column("gap_seconds", sa.Integer(), nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("alt_text", sa.Boolean(), nullable=False),
        sa.Column("always_ask", sa.Boolean(), nullable=False),
        sa.Column("utm", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_publishing_policy_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_publishing_policy"),
    )


def _create_connection() -> None:
    op.create_table(
        "publishing_connection",
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=True),
        sa.Column("platform", sa.String(length=80), nullable=False),
        sa.Column("remote_id", sa.String(length=200), nullable=False),
        sa.Column("handle", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("addresses", sa.JSON(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("app", sa.Text(), nullable=True),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("expires_at", Moment, nullable=True),
        sa.Column("refresh_expires_at", Moment, nullable=True),
        sa.Column("token_version", sa.Integer(), nullable=False),
        sa.Column("held_why", sa.String(length=500), nullable=True),
        sa.Column("remedy", sa.String(20), nullable=True),
        sa.Column("quiet_until", Moment, nullable=True),
        sa.Column("published_at", Moment, nullable=True),
        sa.Column("removed_at", Moment, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_publishing_connection_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name="fk_publishing_connection_owner_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publishing_connection"),
    )
    op.create_index(
        "uq_publishing_connection_remote", "publishing_connection", ["account_id", "platform", "remote_id"], unique=True
    )


def _create_slot() -> None:
    op.create_table(
        "publishing_slot",
        sa.Column("id", Id, nullable=False),
        sa.Column("connection_id", Id, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["publishing_connection.id"],
            name="fk_publishing_slot_connection_id_publishing_connection",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publishing_slot"),
    )
    op.create_index("uq_publishing_slot_time", "publishing_slot", ["connection_id", "weekday", "minute"], unique=True)


def _create_visit() -> None:
    op.create_table(
        "publishing_visit",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("platform", sa.String(length=80), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=True),
        sa.Column("entered", sa.Text(), nullable=True),
        sa.Column("memory", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("redirect", sa.String(length=500), nullable=False),
        sa.Column("url", sa.String(length=4000), nullable=True),
        sa.Column("connection_id", Id, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["publishing_connection.id"],
            name="fk_publishing_visit_connection_id_publishing_connection",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_publishing_visit_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_publishing_visit"),
        sa.UniqueConstraint("mark", name="uq_publishing_visit_mark"),
    )
    op.create_index("ix_publishing_visit_user_id", "publishing_visit", ["user_id"], unique=False)


def _create_post() -> None:
    op.create_table(
        "publishing_post",
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=True),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("at", Moment, nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("card_id", Id, nullable=True),
        sa.Column("created_by_queue", sa.BigInteger(), nullable=True),
        sa.Column("cloned_from", sa.BigInteger(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("approved_hash", sa.String(length=64), nullable=True),
        sa.Column("approved_by_id", Id, nullable=True),
        sa.Column("approved_at", Moment, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_publishing_post_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["user.id"], name="fk_publishing_post_approved_by_id_user", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name="fk_publishing_post_author_id_user", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_publishing_post_card_id_card", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_publishing_post"),
    )
    op.create_index("ix_publishing_post_account_id_at", "publishing_post", ["account_id", "at"], unique=False)
    op.create_index(
        "ix_publishing_post_account_id_updated_at", "publishing_post", ["account_id", "updated_at"], unique=False
    )
    op.create_index("ix_publishing_post_author_id", "publishing_post", ["author_id"], unique=False)
    op.create_index("ix_publishing_post_card_id", "publishing_post", ["card_id"], unique=False)
    op.create_index("ix_publishing_post_created_by_queue", "publishing_post", ["created_by_queue"], unique=False)


def _create_medium() -> None:
    op.create_table(
        "publishing_medium",
        sa.Column("id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("file_id", Id, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=1500), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name="fk_publishing_medium_file_id_file", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["post_id"], ["publishing_post.id"], name="fk_publishing_medium_post_id_publishing_post", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publishing_medium"),
    )
    op.create_index("ix_publishing_medium_file_id", "publishing_medium", ["file_id"], unique=False)
    op.create_index("ix_publishing_medium_post_id", "publishing_medium", ["post_id"], unique=False)


def _create_target() -> None:
    op.create_table(
        "publishing_target",
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("connection_id", Id, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("own_at", Moment, nullable=True),
        sa.Column("offset_seconds", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment, nullable=True),
        sa.Column("next_at", Moment, nullable=True),
        sa.Column("why", sa.String(length=500), nullable=True),
        sa.Column("duplicate", sa.Boolean(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        sa.Column("claimed_until", Moment, nullable=True),
        sa.Column("published_at", Moment, nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_publishing_target_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["publishing_connection.id"],
            name="fk_publishing_target_connection_id_publishing_connection",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["publishing_post.id"], name="fk_publishing_target_post_id_publishing_post", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publishing_target"),
    )
    op.create_index(
        "ix_publishing_target_account_id_due_at", "publishing_target", ["account_id", "due_at"], unique=False
    )
    op.create_index(
        "ix_publishing_target_connection_id_due_at", "publishing_target", ["connection_id", "due_at"], unique=False
    )
    op.create_index(
        "ix_publishing_target_due",
        "publishing_target",
        ["next_at"],
        unique=False,
        sqlite_where=OPEN_TARGETS,
        postgresql_where=OPEN_TARGETS,
    )
    op.create_index("uq_publishing_target_connection", "publishing_target", ["post_id", "connection_id"], unique=True)


def _create_variant() -> None:
    op.create_table(
        "publishing_variant",
        sa.Column("post_id", Id, nullable=False),
        sa.Column("platform", sa.String(length=80), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("detached_from", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["publishing_post.id"],
            name="fk_publishing_variant_post_id_publishing_post",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("post_id", "platform", name="pk_publishing_variant"),
    )


def _create_version() -> None:
    op.create_table(
        "publishing_version",
        sa.Column("id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name="fk_publishing_version_by_id_user", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["publishing_post.id"],
            name="fk_publishing_version_post_id_publishing_post",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publishing_version"),
    )
    op.create_index("ix_publishing_version_post_id_id", "publishing_version", ["post_id", "id"], unique=False)


def _create_part() -> None:
    op.create_table(
        "publishing_part",
        sa.Column("id", Id, nullable=False),
        sa.Column("target_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("uploaded", sa.JSON(), nullable=False),
        sa.Column("uploaded_at", Moment, nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("remote_id", sa.String(length=500), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["publishing_target.id"],
            name="fk_publishing_part_target_id_publishing_target",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publishing_part"),
    )
    op.create_index("uq_publishing_part_number", "publishing_part", ["target_id", "number"], unique=True)


def _create_attempt() -> None:
    op.create_table(
        "publishing_attempt",
        sa.Column("id", Id, nullable=False),
        sa.Column("part_id", Id, nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["part_id"],
            ["publishing_part.id"],
            name="fk_publishing_attempt_part_id_publishing_part",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publishing_attempt"),
    )
    op.create_index("ix_publishing_attempt_part_id", "publishing_attempt", ["part_id"], unique=False)
    op.create_index(
        "uq_publishing_attempt_open",
        "publishing_attempt",
        ["part_id"],
        unique=True,
        sqlite_where=OPEN_ATTEMPTS,
        postgresql_where=OPEN_ATTEMPTS,
    )
