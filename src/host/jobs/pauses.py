"""Pausing a periodic task: it has no slots until somebody resumes it; Run now goes on working."""

from sqlalchemy import select, update

from host.clock import now
from host.db import db, upsert
from host.jobs.job import TaskPause
from host.jobs.known import periodic
from host.jobs.rows import change
from host.jobs.telling import JOBS, tell
from host.models import User


def pause(name: str, by: User | None = None) -> None:
    """Raises NotFound for an unknown name. A run that waits or goes on is not touched."""
    new = {"paused_at": now(), "resumed_at": None, "paused_by_id": by.id if by else None}
    paused = upsert(TaskPause).values(task=periodic(name).name, **new)
    again = paused.on_conflict_do_update(
        index_elements=[TaskPause.task], set_=new, where=TaskPause.resumed_at.is_not(None)
    )
    db.session.execute(again)
    tell(JOBS)


def resume(name: str) -> None:
    """From its next slot on. Raises NotFound for an unknown name; one that is not paused stays as it is."""
    paused = (TaskPause.task == periodic(name).name) & TaskPause.resumed_at.is_(None)
    change(update(TaskPause).where(paused).values(resumed_at=now()))
    tell(JOBS)


def paused() -> set[str]:
    """The names of the tasks that are paused."""
    return set(db.session.scalars(select(TaskPause.task).where(TaskPause.resumed_at.is_(None))))
