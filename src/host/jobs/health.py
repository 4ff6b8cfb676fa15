"""How the queue fares: for `/healthz`, the dot in the top bar and the page."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from host.clock import now
from host.db import db
from host.i18n import _, ngettext
from host.jobs.job import Job, JobState
from host.jobs.pauses import all_paused_at

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
    if all_paused_at():
        return Dot("paused", _("Jobs are paused"))
    count = failed()
    if not count:
        return Dot("ok", _("Jobs running well"))
    return Dot("failed", ngettext("%(n)s job failed", "%(n)s jobs failed", count))


def failed() -> int:
    """How many jobs have failed, up to a thousand."""
    return _count(Job.state == JobState.FAILED, most=MANY)


def _count(*which: ColumnElement[bool], most: int | None = None) -> int:
    rows = select(Job.id).where(*which).limit(most).subquery()
    return db.session.scalar(select(func.count()).select_from(rows)) or 0
