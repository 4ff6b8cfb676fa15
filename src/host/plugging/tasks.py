"""How a plugin declares what runs later: tasks, periodic tasks, subscriptions to events."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from inspect import signature
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from cronsim import CronSim

from host.clock import EPOCH
from host.events import EventKind

DEFAULT_ATTEMPTS = 5
DEFAULT_TIME_LIMIT = timedelta(hours=1)
LONGEST_NAME = 80  # of a task, as its column has it
CRON_FIELDS = 5
# What schedule() takes beside the payload.
WORDS_OF_SCHEDULE = frozenset({"at", "delay", "key", "lane", "priority", "asked_by_id"})
LARGEST_SHIFT = timedelta(hours=3)  # more than any zone's clock was ever moved by in one go


class Priority(IntEnum):
    """Which of the jobs that are due are begun first."""

    HIGH = 0
    NORMAL = 1
    LOW = 2


@dataclass(frozen=True)
class Task:
    """A function that jobs run, by its name `<plugin>.<task>`.

    It is called with the job's payload as keywords, in an app context, and may return a summary line such as
    "rested 12 cards on 3 boards". What it writes to the database is committed together with the job's end.
    `preview` says what it would do now, and changes nothing: `fallow tasks run NAME --dry-run`. A run that goes on past
    `time_limit` is ended and has failed.
    """

    name: str
    run: Callable[..., str | None]
    attempts: int = DEFAULT_ATTEMPTS
    preview: Callable[[], str] | None = None
    priority: Priority = Priority.NORMAL
    time_limit: timedelta = DEFAULT_TIME_LIMIT

    def __post_init__(self) -> None:
        """Refuse at load what would fail later, and there at the cost of others. Raises ValueError, TypeError."""
        Priority(self.priority)
        if len(self.name) > LONGEST_NAME:
            raise ValueError(f"the name of the task {self.name} has at most {LONGEST_NAME} characters")
        if self.attempts < 1:
            raise ValueError(f"{self.name} is tried once at least")
        if taken := WORDS_OF_SCHEDULE & {*signature(self.run).parameters}:
            raise ValueError(f"{self.name} cannot have a parameter “{min(taken)}”: schedule() keeps it for itself")
        if not isinstance(self.time_limit, timedelta):
            raise TypeError(f"the time limit of {self.name} is a timedelta")

    @property
    def plugin(self) -> str:
        return self.name.partition(".")[0]

    def __call__(self, **payload: Any) -> str | None:
        return self.run(**payload)


@dataclass(frozen=True)
class Schedule:
    """When a periodic task is due: `latest(at)` is its newest time up to then, `following(at)` the next after."""

    words: str
    latest: Callable[[datetime], datetime]
    following: Callable[[datetime], datetime]


@dataclass(frozen=True)
class Periodic:
    """A task that runs by itself, once for each time of its schedule however many workers there are. What was missed
    while the program was off runs once, or not at all where `catch_up` is false."""

    schedule: Schedule
    task: Task
    title: str
    catch_up: bool = True

    @property
    def name(self) -> str:
        return self.task.name


@dataclass(frozen=True)
class Subscription:
    """A job after the commit for events of these kinds, or with None for those of every kind, also of other plugins;
    the task gets `event_ids`, at most 500 at a time. `wanted` is asked within each change that has such events, so it
    has to be quick: where it says no, there is no job."""

    kinds: Sequence[EventKind] | None
    task: Task
    wanted: Callable[[], bool] | None = None


def task(name: str, **options: Any) -> Callable[[Callable[..., str | None]], Task]:
    """Make a function a task: `@task("entropy.sweep")`, with options as the fields of Task."""

    def made(function: Callable[..., str | None]) -> Task:
        return Task(name, function, **options)

    return made


def every(**interval: float) -> Schedule:
    """An interval (`hours=1`), on a grid that begins at 1970 in UTC, so that all workers agree on it."""
    step = timedelta(**interval)
    if step < timedelta(minutes=1) or step % timedelta(minutes=1):
        raise ValueError("an interval is a minute or some whole minutes")

    def latest(at: datetime) -> datetime:
        return EPOCH + (at - EPOCH) // step * step

    return Schedule(_interval_words(step), latest, lambda at: latest(at) + step)


def cron(expression: str, words: str, zone: str = "UTC") -> Schedule:
    """A cron expression, with its words for people: `cron("2 4 * * *", _("daily at 04:02 UTC"))`.

    By the clock of a zone such as "Europe/Berlin" a time that summer time leaves out comes at once after the gap, and
    one that comes twice counts once, as Debian's cron has it (cron(8)). Raises CronSimError, ValueError,
    ZoneInfoNotFoundError.
    """
    where = ZoneInfo(zone)
    CronSim(expression, EPOCH)  # raises now rather than at the first tick
    if len(expression.split()) > CRON_FIELDS:
        raise ValueError(f"“{expression}” has a field for seconds: nothing runs more often than once a minute")

    def after(at: datetime) -> Iterator[datetime]:
        return (found.astimezone(UTC) for found in CronSim(expression, at.astimezone(where)))

    def latest(at: datetime) -> datetime:
        # Searching back is exclusive of the start, and works on whole minutes.
        start = at.astimezone(where).replace(second=0, microsecond=0) + timedelta(minutes=1)
        found = next(CronSim(expression, start, reverse=True)).astimezone(UTC)
        # Forwards alone it knows about gaps.
        *_earlier, newest = [found, *takewhile(lambda time: time <= at, after(found - LARGEST_SHIFT))]
        return newest

    return Schedule(words, latest, lambda at: next(after(at)))


def _interval_words(step: timedelta) -> str:
    from host.i18n import ngettext

    minutes = int(step.total_seconds() // 60)
    if minutes % 1440 == 0:
        return ngettext("every day", "every %(n)s days", minutes // 1440)
    if minutes % 60 == 0:
        return ngettext("every hour", "every %(n)s hours", minutes // 60)
    return ngettext("every minute", "every %(n)s minutes", minutes)
