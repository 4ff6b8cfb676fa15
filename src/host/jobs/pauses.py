"""Pausing a periodic task: it has no slots until somebody resumes it; Run now goes on working.

Pausing all jobs: workers begin none until somebody resumes them; what waits goes on waiting, and nothing is planned.
"""

from datetime import datetime

from sqlalchemy import Select, select, update

from host.clock import now
from host.db import db, upsert
from host.jobs.job import TaskPause
from host.jobs.known import periodic
from host.jobs.queue import wake_at
from host.jobs.rows import change
from host.jobs.telling import HEALTH, JOBS, tell
from host.models import User

ALL = "*"  # no task has this name


def pause(name: str, by: User | None = None) -> None:
    """Raises NotFound for an unknown name. A run that waits or goes on is not touched."""
    _pause(periodic(name).name, by)
    tell(JOBS)


def resume(name: str) -> None:
    """From its next slot on. Raises NotFound for an unknown name; one that is not paused stays as it is."""
    _resume(periodic(name).name)
    tell(JOBS)


def paused() -> set[str]:
    """The names of the tasks that are paused."""
    return set(db.session.scalars(select(TaskPause.task).where(TaskPause.resumed_at.is_(None), TaskPause.task != ALL)))


def pause_all(by: User | None = None) -> None:
    """What runs is finished."""
    _pause(ALL, by)
    tell(JOBS, HEALTH)


def resume_all() -> None:
    """What is due begins at once; of a task's times that fell due meanwhile the newest counts, if it catches up."""
    _resume(ALL)
    wake_at(now())
    tell(JOBS, HEALTH)


def all_paused_at() -> datetime | None:
    """When somebody paused all jobs; None while they run."""
    at: datetime | None = db.session.scalar(paused_as_a_whole())
    return at


def paused_as_a_whole() -> Select[datetime]:
    """The same as a statement: the row is there while all jobs are paused."""
    return select(TaskPause.paused_at).where(TaskPause.task == ALL, TaskPause.resumed_at.is_(None))


def _pause(name: str, by: User | None) -> None:
    new = {"paused_at": now(), "resumed_at": None, "paused_by_id": by.id if by else None}
    row = upsert(TaskPause).values(task=name, **new)
    over = TaskPause.resumed_at.is_not(None)
    db.session.execute(row.on_conflict_do_update(index_elements=[TaskPause.task], set_=new, where=over))


def _resume(name: str) -> None:
    paused = (TaskPause.task == name) & TaskPause.resumed_at.is_(None)
    change(update(TaskPause).where(paused).values(resumed_at=now()))
