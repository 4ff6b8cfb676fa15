"""A queue: something good that comes round again, every so many days."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    Time,
    and_,
    case,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Forbidden, Id, Model, Moment, NotFound, User, _, db, now, read_zone, words
from plugins.recurring.rhythm import Rhythm, Unit

# After so many minutes a queue that failed is tried again; then daily.
BACK_OFF = (5, 30, 2 * 60, 12 * 60, 24 * 60)
LONGEST_WHY, LONGEST_TITLE = 500, 200
ACTIVE = text("status = 'active'")
SHARED: dict[str, Any] = {"sqlite_where": text("shared = 1"), "postgresql_where": text("shared")}


class Status(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"


class Mode(StrEnum):
    FIXED = "fixed"  # the series keeps to its days
    ROLLING = "rolling"  # the next is counted from the day on which it really ran


class Queue(Model):
    """Its owner's; seen by others of the space once it is shared. What it repeats is known by its kind and id, and may
    be gone."""

    __tablename__ = "recurring_queues"
    __table_args__ = (
        Index("ix_recurring_queues_by_user_status", "owner_id", "status"),
        Index("ix_recurring_queues_by_next_scheduled", "next_time", sqlite_where=ACTIVE, postgresql_where=ACTIVE),
        Index("ix_recurring_queues_due", "due_at", "id", sqlite_where=ACTIVE, postgresql_where=ACTIVE),
        Index("ix_recurring_queues_original", "kind", "original_id"),
        Index(
            "ix_recurring_queues_shared", "account_id", sqlite_where=text("shared = 1"), postgresql_where=text("shared")
        ),
        Index(None, "account_id"),
        # An id is never given again: posts remember by which queue they were made.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    shared: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(String(80))  # a name of `register_recurrences`
    original_id: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))  # as the original was called last
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # its kind's own
    status: Mapped[Status] = mapped_column(words(Status), default=Status.ACTIVE)
    reason: Mapped[str | None] = mapped_column(String(LONGEST_WHY))  # why it is paused or completed
    every: Mapped[int]
    unit: Mapped[Unit] = mapped_column(words(Unit), default=Unit.DAYS)
    mode: Mapped[Mode] = mapped_column(words(Mode), default=Mode.FIXED)
    zone: Mapped[str] = mapped_column(String(64))
    local_time: Mapped[time] = mapped_column(Time)  # by the clock of that zone
    anchor: Mapped[date] = mapped_column(Date)  # the day from which the series is counted
    end_date: Mapped[date | None] = mapped_column(Date)  # the last day on which it runs
    skip_dates: Mapped[list[str]] = mapped_column(JSON, default=list)  # days without a run, as 2026-12-24
    grace_hours: Mapped[int | None]  # how late a run may still be caught up with; None: however late
    next_time: Mapped[datetime | None] = mapped_column(Moment)  # None once it is completed
    due_at: Mapped[datetime | None] = mapped_column(Moment)  # the same, or later while it fails
    last_time: Mapped[datetime | None] = mapped_column(Moment)  # the occurrence that was served last
    last_ran_at: Mapped[datetime | None] = mapped_column(Moment)  # when that really was
    executions: Mapped[int] = mapped_column(default=0)
    max_executions: Mapped[int | None]
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    refusals: Mapped[int] = mapped_column(default=0)  # runs in a row that a network refused as a duplicate
    attention: Mapped[str | None] = mapped_column(String(LONGEST_WHY))  # what a person should see to
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    owner: Mapped[User | None] = relationship()

    @classmethod
    def seen_by(cls, person: User) -> ColumnElement[bool]:
        """Their own, and those that are shared with the space: each side has an index of its own.

        Indexes: ix_recurring_queues_by_user_status, ix_recurring_queues_shared"""
        return or_(cls.owner_id == person.id, and_(cls.account_id == person.account_id, cls.shared))

    @classmethod
    def of(cls, person: User, status: Status | None = None) -> Select["Queue"]:
        """Those that they may see by the next time, what is completed last."""
        seen = select(cls).where(cls.seen_by(person))
        if status is not None:
            seen = seen.where(cls.status == status)
        done = case((cls.status == Status.COMPLETED, 1), else_=0)
        return seen.order_by(done, cls.next_time.is_(None), cls.next_time, cls.id)

    @classmethod
    def one_of(cls, person: User, id: int) -> "Queue":  # noqa: A002
        """Raises NotFound for one that they may not see."""
        found = db.session.scalars(select(cls).where(cls.id == id, cls.seen_by(person))).first()
        if found is None:
            raise NotFound(_("There is no such queue."))
        return found

    @classmethod
    def to_change(cls, person: User, id: int) -> "Queue":  # noqa: A002
        """The same, while no worker has it in hand. Raises NotFound, and Forbidden for one that is not theirs."""
        queue = cls.one_of(person, id)
        db.session.refresh(queue, with_for_update={"of": cls})
        queue.require_change(person)
        return queue

    @classmethod
    def repeating(cls, kind: str, original_id: int) -> Sequence["Queue"]:
        """Those that repeat this. Index: ix_recurring_queues_original"""
        ordered = select(cls).filter_by(kind=kind, original_id=original_id).order_by(cls.id)
        return db.session.scalars(ordered).all()

    @classmethod
    def due(cls, at: datetime, limit: int, after: tuple[datetime, int] | None = None) -> Sequence[tuple[datetime, int]]:
        """When it was due and its id, of those whose time has come, the longest overdue first; from the one after that
        on. Index: ix_recurring_queues_due"""
        due = select(cls.due_at, cls.id).where(ACTIVE, cls.due_at <= at)
        if after is not None:
            due = due.where(tuple_(cls.due_at, cls.id) > after)
        rows = db.session.execute(due.order_by(cls.due_at, cls.id).limit(limit))
        return [(due_at, id) for due_at, id in rows if due_at is not None]  # noqa: A001

    @classmethod
    def to_come(cls, after: int, limit: int) -> Sequence["Queue"]:
        """So many of all that are active, by their ids; for this transaction alone, without those that somebody has in
        hand."""
        active = select(cls).where(ACTIVE, cls.id > after).order_by(cls.id).limit(limit)
        return db.session.scalars(active.with_for_update(skip_locked=True, of=cls)).all()

    @classmethod
    def claim(cls, id: int, at: datetime) -> "Queue | None":  # noqa: A002
        """It, for this transaction alone, if it is still due; None when somebody else has it, or had it just now."""
        mine = select(cls).where(cls.id == id, cls.status == Status.ACTIVE, cls.due_at <= at)
        return db.session.scalars(
            mine.with_for_update(skip_locked=True, of=cls).execution_options(populate_existing=True)
        ).first()

    @property
    def clock(self) -> ZoneInfo:
        return read_zone(self.zone)

    @property
    def rhythm(self) -> Rhythm:
        left_out = frozenset(date.fromisoformat(day) for day in self.skip_dates)
        return Rhythm(self.every, self.unit, self.anchor, self.local_time, self.clock, left_out)

    @property
    def is_over(self) -> bool:
        """As often as it was to run."""
        return self.max_executions is not None and self.executions >= self.max_executions

    def is_after_end(self, at: datetime) -> bool:
        return self.end_date is not None and at.astimezone(self.clock).date() > self.end_date

    def may_change(self, person: User) -> bool:
        mine = person.id == self.owner_id or (self.shared and person.is_admin)
        return mine and person.account_id == self.account_id

    def require_change(self, person: User) -> None:
        """Raises Forbidden."""
        if not self.may_change(person):
            raise Forbidden(_("Only whose queue it is may change it."))

    def go_on(self, after: datetime) -> None:
        """With the first occurrence after this moment; or be completed, where there is none any more."""
        if self.is_over:
            self.complete(_("All runs are done."))
            return
        following = self.rhythm.after(after)
        if following is None or self.is_after_end(following):
            self.complete(_("No run is left before its last day."))
            return
        self.next_time = self.due_at = following

    def go_on_from(self, first: datetime) -> None:
        """The same with the first occurrence at or after this moment."""
        self.go_on(first - timedelta(microseconds=1))

    def follow_clocks(self) -> bool:
        """Take its next time anew from its days, as the clocks of its zone are known to go by now: countries decide
        otherwise. Whether it is another."""
        if self.next_time is None:
            return False
        meant = self.rhythm.nearest(self.next_time)
        if meant is None or meant == self.next_time:
            return False
        self.due_at = self.due_at if self.failures else meant
        self.next_time = meant
        return True

    def start(self) -> None:
        self.status, self.reason, self.failures, self.refusals, self.attention = Status.ACTIVE, None, 0, 0, None

    def complete(self, reason: str) -> None:
        self._end(Status.COMPLETED, reason)
        self.next_time = self.due_at = None

    def pause(self, reason: str) -> None:
        """Its next time stays to be seen."""
        self._end(Status.PAUSED, reason)

    def is_due(self, at: datetime) -> bool:
        """Whether a run of its series is to be made by then, also while that waits for another try."""
        return self.status is Status.ACTIVE and self.next_time is not None and self.next_time <= at

    def served(self, occurrence: datetime | None, at: datetime) -> None:
        """A run was made at `at`; `occurrence` is the last of its series that was served, None before the first."""
        self.executions += 1
        self.last_time, self.last_ran_at = occurrence, at
        self.failures, self.attention = 0, None
        self.due_at = self.next_time

    def skipped(self, attention: str | None) -> bool:
        """A run was left out, which does not count. `attention` is what a person should see to; whether it is another
        than before."""
        before, self.failures = self.attention, 0
        self.attention = attention[:LONGEST_WHY] if attention else None
        return self.attention not in (None, before)

    def fail(self, why: str) -> bool:
        """Try again later. Whether this is the first of a streak."""
        self.attention = why[:LONGEST_WHY]
        minutes = BACK_OFF[min(self.failures, len(BACK_OFF) - 1)]
        self.failures += 1
        self.due_at = now() + timedelta(minutes=minutes)
        return self.failures == 1

    def _end(self, status: Status, reason: str) -> None:
        self.status, self.reason = status, reason[:LONGEST_WHY]
