"""Imports of posts, and what each of them brought."""

import sqlalchemy as sa
from alembic import op

revision = "publishing_0003"
down_revision = "publishing_0002"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_import()
    op.create_table(
        "publishing_imported",
        sa.Column("import_id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["publishing_import.id"],
            name="fk_publishing_imported_import_id_publishing_import",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["publishing_post.id"],
            name="fk_publishing_imported_post_id_publishing_post",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "post_id", name="pk_publishing_imported"),
    )
    op.create_index("ix_publishing_imported_post_id", "publishing_imported", ["post_id"])


def downgrade() -> None:
    op.drop_table("publishing_imported")
    op.drop_table("publishing_import")


def _create_import() -> None:
    op.create_table(
        "publishing_import",
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("file_id", Id, nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("wish", sa.String(20), nullable=False),
        sa.Column("leave_out", sa.Boolean(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("done_at", Moment, nullable=True),
        sa.Column("undone_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_publishing_import_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name="fk_publishing_import_by_id_user", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name="fk_publishing_import_file_id_file", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publishing_import"),
    )
    for column in ("account_id", "by_id", "file_id"):
        op.create_index(f"ix_publishing_import_{column}", "publishing_import", [column])
