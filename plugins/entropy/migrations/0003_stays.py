"""Cards that stay awake, and the day on which a resting one wakes."""

import sqlalchemy as sa
from alembic import op

revision = "entropy_0003"
down_revision = "entropy_0002"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "entropy_stay",
        sa.Column("card_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_entropy_stay_card_id_card", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["user.id"], name="fk_entropy_stay_creator_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("card_id", name="pk_entropy_stay"),
    )
    op.create_table(
        "entropy_waking",
        sa.Column("postponement_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("creator_id", Id, nullable=True),
        sa.Column("job_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["postponement_id"],
            ["postponement.id"],
            name="fk_entropy_waking_postponement_id_postponement",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["user.id"], name="fk_entropy_waking_creator_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("postponement_id", name="pk_entropy_waking"),
    )


def downgrade() -> None:
    op.drop_table("entropy_waking")
    op.drop_table("entropy_stay")
