"""What a sweep did in a space, so that it can be looked at and undone."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Id, Model, Moment, User

HAS_COLUMN = text("column_id IS NOT NULL")


class Run(Model):
    """A sweep that rested something in this space."""

    __tablename__ = "entropy_run"
    __table_args__ = (
        Index(None, "account_id", "id"),
        # An id is never given again: an undo that comes late would hit another run.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Moment, index=True)  # what its cards have as their last activity
    cards: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    put_back: Mapped[int] = mapped_column(default=0)  # cards that the undo put back, so far

    undone_by: Mapped[User | None] = relationship()


class Rested(Model):
    """A card of a run, with what it had before."""

    __tablename__ = "entropy_rested"
    __table_args__ = (
        # Followed when a card or a column is removed.
        Index(None, "card_id"),
        Index(None, "column_id", sqlite_where=HAS_COLUMN, postgresql_where=HAS_COLUMN),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[int] = mapped_column(Id, ForeignKey("entropy_run.id", ondelete="CASCADE"), primary_key=True)
    card_id: Mapped[int] = mapped_column(Id, ForeignKey("card.id", ondelete="CASCADE"), primary_key=True)
    column_id: Mapped[int | None] = mapped_column(ForeignKey("column.id", ondelete="SET NULL"))  # None: Maybe?
    last_active_at: Mapped[datetime]
