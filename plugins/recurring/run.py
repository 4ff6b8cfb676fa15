"""A run: one occurrence of a queue, and what came of it. The history of a queue."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, func, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Id, Model, Moment, db, insert_ignoring, now, words
from plugins.recurring.queue import LONGEST_WHY, Queue

EMPTY = text("outcome <> 'made'")


class Outcome(StrEnum):
    MADE = "made"
    SKIPPED = "skipped"  # on purpose, or since it could not be; it does not count
    FAILED = "failed"  # and will be tried again


class Run(Model):
    """Each occurrence has one at most; the database holds that. What it made is known by its id, and may be gone."""

    __tablename__ = "recurring_run"
    __table_args__ = (
        Index("uq_recurring_run_occurrence", "queue_id", "occurrence", unique=True),
        Index("ix_recurring_run_made_id", "made_id"),
        Index("ix_recurring_run_empty", "at", sqlite_where=EMPTY, postgresql_where=EMPTY),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    queue_id: Mapped[int] = mapped_column(ForeignKey("recurring_queues.id", ondelete="CASCADE"))
    occurrence: Mapped[datetime] = mapped_column(Moment)
    outcome: Mapped[Outcome] = mapped_column(words(Outcome))
    why: Mapped[str | None] = mapped_column(String(LONGEST_WHY))  # and, where it was made, what a person should know
    made_id: Mapped[int | None] = mapped_column(BigInteger)
    number: Mapped[int | None]  # the how many-th that was made
    version: Mapped[int | None]  # of its variations; 0 is the original's words
    said: Mapped[list[str] | None] = mapped_column(JSON)  # in these words
    by_hand: Mapped[bool] = mapped_column(default=False)
    refused: Mapped[bool] = mapped_column(default=False)  # by some network, as a duplicate
    at: Mapped[datetime] = mapped_column(Moment, default=now)

    queue: Mapped[Queue] = relationship()

    @classmethod
    def begin(cls, queue: Queue, occurrence: datetime) -> "Run | None":
        """The row of this occurrence; None when it was served or left out before, by whomever."""
        new = {"queue_id": queue.id, "occurrence": occurrence, "outcome": Outcome.FAILED}
        begun = insert_ignoring(cls).values(**new, by_hand=False, refused=False, at=now())
        first: Run | None = db.session.scalars(begun.returning(cls)).first()
        if first is not None:
            return first
        mine = select(cls).filter_by(queue_id=queue.id, occurrence=occurrence)
        run = db.session.scalars(mine.with_for_update().execution_options(populate_existing=True)).one()
        return run if run.outcome is Outcome.FAILED else None

    @classmethod
    def of(cls, queue: Queue, limit: int | None = None, before: datetime | None = None) -> Sequence["Run"]:
        """The latest first, of those before that moment. Index: uq_recurring_run_occurrence"""
        its = select(cls).filter_by(queue_id=queue.id)
        if before is not None:
            its = its.where(cls.occurrence < before)
        return db.session.scalars(its.order_by(cls.occurrence.desc()).limit(limit)).all()

    @classmethod
    def latest_made(cls, queues: Collection[Queue]) -> Mapping[int, "Run"]:
        """Of each that made something, by the queue's id. Index: uq_recurring_run_occurrence"""
        its = cls.queue_id.in_([queue.id for queue in queues])
        made = select(func.max(cls.occurrence).label("at"), cls.queue_id).where(its, cls.outcome == Outcome.MADE)
        last = made.group_by(cls.queue_id).subquery()
        found = select(cls).join(last, (last.c.queue_id == cls.queue_id) & (last.c.at == cls.occurrence))
        return {run.queue_id: run for run in db.session.scalars(found)}

    @classmethod
    def counted(cls, queue: Queue) -> Mapping["Outcome", int]:
        """How many came to what."""
        by_outcome = select(cls.outcome, func.count()).filter_by(queue_id=queue.id).group_by(cls.outcome)
        return {row[0]: row[1] for row in db.session.execute(by_outcome)}

    @classmethod
    def last_in_its_own_words(cls, queue: Queue) -> "Run | None":
        """The latest that said what the original said, and none of its variations."""
        own = or_(cls.version.is_(None), cls.version == 0)
        made = select(cls).filter_by(queue_id=queue.id, outcome=Outcome.MADE).where(own)
        return db.session.scalars(made.order_by(cls.number.desc()).limit(1)).first()

    @classmethod
    def last_made(cls, queue: Queue) -> "Run | None":
        made = select(cls).filter_by(queue_id=queue.id, outcome=Outcome.MADE).order_by(cls.number.desc()).limit(1)
        return db.session.scalars(made).first()

    def before(self) -> "Run | None":
        """The one that was made before this one."""
        made = select(Run).filter_by(queue_id=self.queue_id, outcome=Outcome.MADE).where(Run.number < self.number)
        return db.session.scalars(made.order_by(Run.number.desc()).limit(1)).first()

    @classmethod
    def list_missed(cls, queue: Queue, occurrences: Sequence[datetime], why: str) -> None:
        """Those that were never served; what failed stays written down as that."""
        for occurrence in occurrences:
            new = {"queue_id": queue.id, "occurrence": occurrence, "outcome": Outcome.SKIPPED, "why": why}
            db.session.execute(insert_ignoring(cls).values(**new, by_hand=False, refused=False, at=now()))

    @classmethod
    def that_made(cls, queue_id: int, made_id: int) -> "Run | None":
        """Index: ix_recurring_run_made_id"""
        return db.session.scalars(select(cls).filter_by(made_id=made_id, queue_id=queue_id)).first()

    def end(self, outcome: Outcome, why: str = "") -> None:
        self.outcome, self.why, self.at = outcome, why[:LONGEST_WHY] or None, now()
