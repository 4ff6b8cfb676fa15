"""What a sweep did in a space, so that it can be looked at and undone."""

from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, Index, Select, bindparam, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql.dml import ReturningUpdate

from host import (
    Account,
    Board,
    Card,
    Fault,
    Flock,
    Id,
    Job,
    Model,
    Moment,
    NotFound,
    User,
    _,
    checkpoint,
    db,
    ngettext,
    now,
    schedule,
    task,
)
from plugins.entropy.respite import Respite
from plugins.entropy.rested import Rested

AT_ONCE = 300  # cards that an undo puts back in one transaction


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
    def of(cls, account: Account, run_id: int) -> "Run":
        """Raises NotFound for one of another space, or one that is forgotten."""
        run = db.session.scalars(select(cls).filter_by(account_id=account.id, id=run_id)).one_or_none()
        if run is None:
            raise NotFound(_("There is no such sweep. Sweeps are forgotten after a while."))
        return run

    @classmethod
    def newest(cls, account: Account) -> Select["Run"]:
        """Of a space, newest first. Index: ix_entropy_run_account_id_id"""
        return select(cls).filter_by(account_id=account.id).order_by(cls.id.desc())

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
        Rested.write_down(found, flock)
        return int(found)

    def undo(self, by: User) -> Job | None:
        """Put each of its cards that nobody has touched since back where it was, with its age. The first are back at
        the commit; where there are many, the job that is given puts back the others. Raises Fault when it was undone
        before."""
        mine = update(Run).where(Run.id == self.id, Run.undone_at.is_(None)).values(undone_at=now(), undone_by_id=by.id)
        if db.session.scalar(mine.returning(Run.id)) is None:
            raise Fault(_("This sweep has been undone before."))
        db.session.refresh(self)
        last = self.put_back_some(after=0, limit=AT_ONCE)
        return None if last is None else schedule(put_back, run_id=self.id, after=last)

    def put_back_some(self, *, after: int, limit: int) -> int | None:
        """Some of its cards, those of an id after this one; the id of the last, None when there are no more.

        Untouched is a card that still rests and was last active when the sweep rested it: whatever counts as activity
        would have moved that on. What lies in the archive by now is let be."""
        found = Rested.following(self.id, after, limit + 1)
        ids, more = found[:limit], len(found) > limit
        flock = Flock.resting(ids, Card.last_active_at == self.at, Card.board.has(Board.archived_at.is_(None)))
        if flock.ids:
            Respite.give(flock)
            was = select(Rested.card_id, Rested.column_id, Rested.last_active_at).where(Rested.run_id == self.id)
            flock.put_back(was, self.undone_by or db.session.get_one(Account, self.account_id).system)
            self.put_back += len(flock.ids)
        return ids[-1] if more else None


@task("entropy.put_back")
def put_back(run_id: int, after: int) -> str:
    """What an undo has left. A second attempt passes over what the first one put back."""
    run = db.session.get(Run, run_id)
    last: int | None = after
    while run is not None and last is not None:
        last = run.put_back_some(after=last, limit=AT_ONCE)
        checkpoint()
    return ngettext("%(n)s card put back", "%(n)s cards put back", run.put_back if run else 0)


@cache
def _grown() -> ReturningUpdate[int]:
    run = Run.metadata.tables[Run.__tablename__]
    standing = update(run).where(run.c.id == bindparam("run"), run.c.undone_at.is_(None))
    return standing.values(cards=run.c.cards + bindparam("more")).returning(run.c.id)
