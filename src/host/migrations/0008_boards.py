"""What is said of a board, the caps of its columns, its archive and its public link."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("board", sa.Column("description", sa.Text(), nullable=False, server_default=""))
    op.add_column("board", sa.Column("hue", sa.String(10), nullable=False, server_default="moss"))
    op.add_column("board", sa.Column("template", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("board", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("column", sa.Column("cap", sa.Integer(), nullable=True))
    op.create_table(
        "publication",
        sa.Column("id", Id, nullable=False),
        sa.Column("board_id", Id, nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("key", sa.String(43), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_publication_board_id_board", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["user.id"], name="fk_publication_creator_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sa.UniqueConstraint("board_id", name="uq_publication_board_id"),
        sa.UniqueConstraint("key", name="uq_publication_key"),
    )


def downgrade() -> None:
    op.drop_table("publication")
    op.drop_column("column", "cap")
    for name in ("archived_at", "template", "hue", "description"):
        op.drop_column("board", name)
