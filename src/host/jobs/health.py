"""How the queue fares: for `/healthz`, the dot in the top bar and the page."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select

from host.clock import now
from host.db import db
from host.i18n import _, ngettext
from host.jobs.job import Job, JobState
from host.jobs.pauses import paused_as_a_whole

Counts = dict[str, int | float]
# More than this many need no counting on every page.
MANY = 1000


@dataclass(frozen=True)
class Dot:
    """The sign in the top bar."""

    state: str
    text: str
    url: str = "/jobs"


def counts() -> Counts:
    """How many jobs there are in each state that is shown but done, and how long the oldest due one has waited.

    Each count reads a range of the index on state and run_at.
    """
    at = now()
    due, waiting = Job.run_at <= at, Job.state == JobState.WAITING
    oldest = db.session.scalar(select(func.min(Job.run_at)).where(waiting))
    return {
        "waiting": _count(waiting, due),
        "scheduled": _count(waiting, ~due),
        "running": _count(Job.state == JobState.RUNNING),
        "failed": _count(Job.state == JobState.FAILED),
        "parked": _count(Job.state == JobState.PARKED),
        "oldest_waiting_seconds": max(0, round((at - oldest).total_seconds(), 3)) if oldest else 0,
    }


def dot() -> Dot:
    """Whether jobs are paused or any has failed, cheap enough for every page."""
    return _dot(*db.session.execute(_look()).one())


def dot_where(may: ColumnElement[bool]) -> Dot | None:
    """The same, or nothing, as the condition says; in one statement."""
    found = db.session.execute(_look().where(may)).first()
    return _dot(*found) if found else None


def failed() -> int:
    """How many jobs have failed, up to a thousand."""
    return db.session.scalar(_failed()) or 0


def _look() -> Select[bool, int]:
    return select(paused_as_a_whole().exists(), _failed().scalar_subquery())


def _dot(paused: bool, count: int) -> Dot:
    if paused:
        return Dot("paused", _("Jobs are paused"))
    if not count:
        return Dot("ok", _("Jobs running well"))
    return Dot("failed", ngettext("%(n)s job failed", "%(n)s jobs failed", count))


def _failed() -> Select[int]:
    rows = select(Job.id).where(Job.state == JobState.FAILED).limit(MANY).subquery()
    return select(func.count()).select_from(rows)


def _count(*which: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Job).where(*which)) or 0
