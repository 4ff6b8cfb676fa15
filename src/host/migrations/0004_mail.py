"""The mail server of each space, and how its last test went."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mail_server",
        sa.Column("account_id", Id, nullable=False),
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.String(20), nullable=False),
        sa.Column("username", sa.String(254), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("sender_address", sa.String(254), nullable=False),
        sa.Column("sender_name", sa.String(120), nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_mail_server_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_mail_server"),
    )
    op.create_table(
        "mail_trial",
        sa.Column("account_id", Id, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_mail_trial_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_mail_trial"),
    )


def downgrade() -> None:
    op.drop_table("mail_trial")
    op.drop_table("mail_server")
