"""Files on cards, and their covers."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("file_id", Id, nullable=False),
        sa.Column("small_id", Id, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_attachment_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name="fk_attachment_file_id_file", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["small_id"], ["file.id"], name="fk_attachment_small_id_file", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    for column in ("card_id", "file_id", "small_id"):
        op.create_index(f"ix_attachment_{column}", "attachment", [column])
    op.create_table(
        "cover",
        sa.Column("id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("attachment_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_cover_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name="fk_cover_attachment_id_attachment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cover"),
        sa.UniqueConstraint("card_id", name="uq_cover_card_id"),
    )
    op.create_index("ix_cover_attachment_id", "cover", ["attachment_id"])


def downgrade() -> None:
    op.drop_table("cover")
    op.drop_table("attachment")
