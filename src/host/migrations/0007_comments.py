"""Comments that are edited and taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WORDS_LEFT = sa.text("removed_at IS NOT NULL AND body != ''")


def upgrade() -> None:
    op.add_column("comment", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("comment", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_comment_removed", "comment", ["removed_at"], sqlite_where=WORDS_LEFT, postgresql_where=WORDS_LEFT
    )


def downgrade() -> None:
    op.drop_index("ix_comment_removed", "comment")
    op.drop_column("comment", "removed_at")
    op.drop_column("comment", "edited_at")
