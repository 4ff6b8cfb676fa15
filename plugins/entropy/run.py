"""What a sweep did in a space, so that it can be looked at and undone."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, insert, literal, select, text, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Card, Flock, Id, Model, Moment, User, db

HAS_COLUMN = text("column_id IS NOT NULL")


class Undone(Exception):  # noqa: N818 -- it says what happened
    """The run was undone before it was over."""


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

    @classmethod
    def grow(cls, run_id: int | None, account_id: int, at: datetime, flock: Flock) -> int:
        """Write down the cards that are about to rest, and where they lie; the id of the run, a new one for None.
        Raises Undone when somebody has undone it meanwhile."""
        if run_id is None:
            begun = insert(cls).values(account_id=account_id, at=at, cards=len(flock.ids)).returning(cls.id)
            found = db.session.scalar(begun)
        else:
            standing = update(cls).where(cls.id == run_id, cls.undone_at.is_(None)).returning(cls.id)
            found = db.session.scalar(standing.values(cards=cls.cards + len(flock.ids)))
        if found is None:
            raise Undone
        lying = select(literal(found), Card.id, Card.column_id, Card.last_active_at).where(flock.cards)
        rows = insert(Rested).from_select(["run_id", "card_id", "column_id", "last_active_at"], lying.order_by(Card.id))
        db.session.execute(rows)
        return int(found)


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
