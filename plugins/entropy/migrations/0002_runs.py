"""What each sweep rested, and what an undo put back."""

import sqlalchemy as sa
from alembic import op

revision = "entropy_0002"
down_revision = "entropy_0001"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)

HAS_COLUMN = sa.text("column_id IS NOT NULL")


def upgrade() -> None:
    _create_run()
    _create_rested()
    op.create_table(
        "entropy_respite",
        sa.Column("card_id", Id, nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_entropy_respite_card_id_card", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("card_id", name="pk_entropy_respite"),
    )


def _create_run() -> None:
    op.create_table(
        "entropy_run",
        sa.Column("id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.Column("undone_at", Moment, nullable=True),
        sa.Column("undone_by_id", Id, nullable=True),
        sa.Column("put_back", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_entropy_run_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name="fk_entropy_run_undone_by_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entropy_run"),
        # A space would otherwise be given the number of one that was purged, and its undo would hit the wrong run.
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entropy_run_account_id_id", "entropy_run", ["account_id", "id"])
    op.create_index("ix_entropy_run_at", "entropy_run", ["at"])


def _create_rested() -> None:
    op.create_table(
        "entropy_rested",
        sa.Column("run_id", Id, nullable=False),
        sa.Column("card_id", Id, nullable=False),
        sa.Column("column_id", Id, nullable=True),
        sa.Column("last_active_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["entropy_run.id"], name="fk_entropy_rested_run_id_entropy_run", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_entropy_rested_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["column_id"], ["column.id"], name="fk_entropy_rested_column_id_column", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("run_id", "card_id", name="pk_entropy_rested"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entropy_rested_card_id", "entropy_rested", ["card_id"])
    op.create_index(
        "ix_entropy_rested_column_id",
        "entropy_rested",
        ["column_id"],
        sqlite_where=HAS_COLUMN,
        postgresql_where=HAS_COLUMN,
    )


def downgrade() -> None:
    op.drop_table("entropy_respite")
    op.drop_table("entropy_rested")
    op.drop_table("entropy_run")
