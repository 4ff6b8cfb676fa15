"""Asking for work later, inside the transaction that needs it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, text

from host.clock import now
from host.db import Session, db, upsert
from host.jobs.job import WAITING, Job, JobState
from host.jobs.known import tasks
from host.plugging.tasks import Task


def schedule(
    task: Task,
    /,
    *,
    at: datetime | None = None,
    delay: timedelta | None = None,
    key: str | None = None,
    asked_by_id: int | None = None,
    **payload: Any,
) -> Job:
    """Run the task with this payload (JSON values) once the running transaction has committed, or at a time, or after
    a delay. A key names the job: while one of that key waits, asking again moves it to the new time and payload instead
    of adding another.

    Raises LookupError for a task that no plugin has registered.
    """
    if task.name not in tasks():
        raise LookupError(f"{task.name} is not among what its plugin's register_tasks returns")
    if at is not None and delay is not None:
        raise ValueError("a job runs at a time or after a delay, not both")
    run_at = at or now() + (delay or timedelta())
    asked = {"payload": payload, "run_at": run_at, "asked_by_id": asked_by_id}
    job = _named(task, f"{task.name}:{key}", asked) if key else _added(task, asked)
    wake_at(run_at)
    return job


def cancel(job: Job | int) -> bool:
    """Take back a job (or the one of this id) that waits or is parked; False when it has begun, ended or is gone."""
    id = job.id if isinstance(job, Job) else job  # noqa: A001
    idle = Job.state.in_((JobState.WAITING, JobState.PARKED))
    return db.session.execute(delete(Job).where(Job.id == id, idle).returning(Job.id)).first() is not None


def wake_at(at: datetime) -> None:
    """Ring for this time after the running transaction has committed."""
    db.session().info.setdefault("wake_at", set()).add(at)


def ring(session: Session) -> None:
    """After the commit: wake the workers for what was asked. A lost ring costs at most a minute, never a job."""
    from host.jobs.doorbell import wake

    for run_at in sorted(session.info.pop("wake_at", ())):
        wake(run_at)


def _added(task: Task, asked: dict[str, Any]) -> Job:
    job = Job(task=task.name, most_attempts=task.attempts, **asked)
    db.session.add(job)
    db.session.flush()
    return job


def _named(task: Task, key: str, asked: dict[str, Any]) -> Job:
    """One statement, so that of two transactions that ask at once the second waits for the first and moves its job; one
    that a worker claims meanwhile is let be and another is added.

    Attempts are never counted down, or a worker thought dead could pass the fence: a moved retry gets new ones on top.
    """
    new = upsert(Job).values(task=task.name, key=key, most_attempts=task.attempts, **asked)
    moved = new.on_conflict_do_update(
        index_elements=[Job.key],
        index_where=text(WAITING),
        set_={**asked, "most_attempts": Job.attempts + task.attempts},
    )
    job: Job = db.session.scalars(moved.returning(Job), execution_options={"populate_existing": True}).one()
    return job


Session.after_commit.append(ring)
