"""All queues that somebody may see, and what comes next of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from sqlalchemy import func, select
from werkzeug.utils import cached_property

from host import User, _, db, local_time, ngettext
from plugins.recurring.forecast import Coming, next_of_all
from plugins.recurring.queue import Queue, Status
from plugins.recurring.row import Row, rows

AT_ONCE, NEXT = 30, 5
HUES = ("moss", "sky", "rust", "straw", "lichen", "heather", "clay")
HOUR = 3600  # seconds


@dataclass(frozen=True)
class Step:
    """A run to come on the way through the next few. `gap` is how long it is until the one after it."""

    run: Coming
    hue: str
    gap: str


@dataclass(frozen=True)
class Sign:
    """A way to narrow the list."""

    key: str
    words: str
    count: int


class Overview:
    """`status` narrows the list; what comes next is of all. `page` counts from 0."""

    def __init__(self, person: User, status: Status | None = None, page: int = 0) -> None:
        self.person, self.status, self.page = person, status, page

    @cached_property
    def rows(self) -> Sequence[Row]:
        return rows(self._found[:AT_ONCE], self.person)

    @property
    def has_more(self) -> bool:
        return len(self._found) > AT_ONCE

    @property
    def is_empty(self) -> bool:
        """There is nothing at all yet."""
        return not any(self._counts.values())

    @property
    def signs(self) -> Sequence[Sign]:
        words = {Status.ACTIVE: _("Active"), Status.PAUSED: _("Paused"), Status.COMPLETED: _("Completed")}
        every = Sign("", _("All"), sum(self._counts.values()))
        return [every, *(Sign(each.value, said, self._counts.get(each, 0)) for each, said in words.items())]

    @cached_property
    def steps(self) -> Sequence[Step]:
        """The queues whose next runs come first have among them all that comes first."""
        soonest = db.session.scalars(Queue.of(self.person, Status.ACTIVE).limit(NEXT)).all()
        runs = next_of_all(soonest, NEXT)
        return [_step(run, following) for run, following in zip_longest(runs, runs[1:])]

    @cached_property
    def _found(self) -> Sequence[Queue]:
        found = Queue.of(self.person, self.status).offset(self.page * AT_ONCE).limit(AT_ONCE + 1)
        return db.session.scalars(found).all()

    @cached_property
    def _counts(self) -> dict[Status, int]:
        """Index: ix_recurring_queues_by_user_status"""
        seen = select(Queue.status, func.count()).where(Queue.seen_by(self.person)).group_by(Queue.status)
        return {row[0]: row[1] for row in db.session.execute(seen)}


def _step(run: Coming, following: Coming | None) -> Step:
    return Step(run, HUES[run.queue.id % len(HUES)], _gap(run.at, following.at) if following else "")


def _gap(begin: datetime, end: datetime) -> str:
    """In days of the reader's calendar, or in hours within one."""
    days = (local_time(end).date() - local_time(begin).date()).days
    if days:
        return ngettext("%(n)s day", "%(n)s days", days)
    hours = int((end - begin).total_seconds() // HOUR)
    return ngettext("%(n)s hour", "%(n)s hours", hours) if hours else ""
