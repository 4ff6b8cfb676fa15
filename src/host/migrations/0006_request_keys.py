"""Names that programs give to their requests, with the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "request_key",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_request_key_user_id_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_request_key"),
    )
    op.create_index("uq_request_key_key", "request_key", ["user_id", "key"], unique=True)
    op.create_index("ix_request_key_created_at", "request_key", ["created_at"])


def downgrade() -> None:
    op.drop_table("request_key")
