"""The next runs of a queue, as they would come if nothing changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import islice

from host import _, now
from plugins.recurring.queue import Queue, Status

MOST = 60


@dataclass(frozen=True)
class Coming:
    """A run that is to come. `note` tells where clocks are changed, or a run is left out."""

    queue: Queue
    at: datetime
    number: int
    note: str = ""

    @property
    def local(self) -> datetime:
        """By the clock of the queue's zone."""
        return self.at.astimezone(self.queue.clock)


def coming(queue: Queue, most: int = MOST, until: datetime | None = None) -> Sequence[Coming]:
    """The next runs of one that is active; none of another."""
    return list(islice(_series(queue, until), most))


def next_of_all(queues: Sequence[Queue], most: int) -> Sequence[Coming]:
    """The next runs of them all, the earliest first."""
    return list(islice(merge(*(_series(each, None) for each in queues), key=lambda run: run.at), most))


def within(queue: Queue, begin: datetime, end: datetime) -> Iterator[Coming]:
    """Those from `begin` to before `end`. One that counts its runs is counted through from its next."""
    if queue.max_executions is None:
        yield from _series(queue, end, begin)
    else:
        yield from (run for run in _series(queue, end) if run.at >= begin)


def skipped_days(queue: Queue) -> Sequence[date]:
    """Days to come on which it does not run, since its owner said so."""
    today = now().astimezone(queue.clock).date()
    return [day for day in sorted(date.fromisoformat(each) for each in queue.skip_dates) if day >= today]


def _series(queue: Queue, until: datetime | None, since: datetime | None = None) -> Iterator[Coming]:
    at = queue.next_time if queue.status is Status.ACTIVE else None
    number, rhythm = queue.executions + 1, queue.rhythm
    if at is not None and since is not None and since > at:
        at = rhythm.after(since - timedelta(microseconds=1))
    while at is not None and not queue.is_after_end(at) and (until is None or at < until):
        if queue.max_executions is not None and number > queue.max_executions:
            return
        yield Coming(queue, at, number, _note(queue, at))
        at, number = rhythm.after(at), number + 1


def _note(queue: Queue, at: datetime) -> str:
    local = at.astimezone(queue.clock)
    if queue.rhythm.is_shifted(at):
        return _("Clocks skip %(wall)s that day.", wall=f"{queue.local_time:%H:%M}")
    if local.replace(fold=1).utcoffset() != local.replace(fold=0).utcoffset():
        return _("Clocks show this time twice; it is the first.")
    return ""
