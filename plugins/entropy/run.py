"""What a sweep did in a space, so that it can be looked at and undone."""

from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, Index, Insert, bindparam, insert, select, text, update
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql.dml import ReturningUpdate

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
            written = insert(cls).values(account_id=account_id, at=at, cards=len(flock.ids))
            found = db.session.scalar(written.returning(cls.id))
        else:
            found = db.session.connection().scalar(_grown(), {"run": run_id, "more": len(flock.ids)})
        if found is None:
            raise Undone
        flock.write(_rested(), run=found)
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


@cache
def _grown() -> ReturningUpdate[int]:
    run = Run.metadata.tables[Run.__tablename__]
    standing = update(run).where(run.c.id == bindparam("run"), run.c.undone_at.is_(None))
    return standing.values(cards=run.c.cards + bindparam("more")).returning(run.c.id)


@cache
def _rested() -> Insert:
    """Made once: to make it takes longer than to run it."""
    lying = select(bindparam("run", type_=Id), Card.id, Card.column_id, Card.last_active_at).where(Flock.cards)
    table = Rested.metadata.tables[Rested.__tablename__]
    return insert(table).from_select(["run_id", "card_id", "column_id", "last_active_at"], lying.order_by(Card.id))
