"""How a plugin declares what runs later: tasks, periodic tasks, subscriptions to events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cronsim import CronSim

from host.clock import EPOCH
from host.events import EventKind

DEFAULT_ATTEMPTS = 5


@dataclass(frozen=True)
class Task:
    """A function that jobs run, by its name `<plugin>.<task>`.

    It is called with the job's payload as keywords, in an app context, and may return a summary line such as
    "rested 12 cards on 3 boards". What it writes to the database is committed together with the job's end.
    `preview` says what it would do now, and changes nothing: `fallow tasks run NAME --dry-run`.
    """

    name: str
    run: Callable[..., str | None]
    attempts: int = DEFAULT_ATTEMPTS
    preview: Callable[[], str] | None = None

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
    """A task that runs by itself, once for each time of its schedule however many workers there are; what was missed
    while the program was off runs once."""

    schedule: Schedule
    task: Task
    title: str

    @property
    def name(self) -> str:
        return self.task.name


@dataclass(frozen=True)
class Subscription:
    """A job after the commit for events of these kinds; the task gets `event_ids`, at most 500 at a time."""

    kinds: Sequence[EventKind]
    task: Task


def task(
    name: str, *, attempts: int = DEFAULT_ATTEMPTS, preview: Callable[[], str] | None = None
) -> Callable[[Callable[..., str | None]], Task]:
    """Make a function a task: `@task("entropy.sweep")`."""

    def made(function: Callable[..., str | None]) -> Task:
        return Task(name, function, attempts, preview)

    return made


def every(**interval: float) -> Schedule:
    """An interval (`hours=1`), on a grid that begins at 1970 in UTC, so that all workers agree on it."""
    step = timedelta(**interval)
    if step < timedelta(minutes=1) or step % timedelta(minutes=1):
        raise ValueError("an interval is a minute or some whole minutes")

    def latest(at: datetime) -> datetime:
        return EPOCH + (at - EPOCH) // step * step

    return Schedule(_interval_words(step), latest, lambda at: latest(at) + step)


def cron(expression: str, words: str) -> Schedule:
    """A cron expression in UTC, with its words for people: `cron("2 4 * * *", _("daily at 04:02 UTC"))`."""
    CronSim(expression, EPOCH)  # raises CronSimError now rather than at the first tick

    def latest(at: datetime) -> datetime:
        # Searching back is exclusive of the start, and works on whole minutes.
        return next(CronSim(expression, at.replace(second=0, microsecond=0) + timedelta(minutes=1), reverse=True))

    return Schedule(words, latest, lambda at: next(CronSim(expression, at)))


def _interval_words(step: timedelta) -> str:
    from host.i18n import ngettext

    minutes = int(step.total_seconds() // 60)
    if minutes % 1440 == 0:
        return ngettext("every day", "every %(n)s days", minutes // 1440)
    if minutes % 60 == 0:
        return ngettext("every hour", "every %(n)s hours", minutes // 60)
    return ngettext("every minute", "every %(n)s minutes", minutes)
