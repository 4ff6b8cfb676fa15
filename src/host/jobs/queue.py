"""Asking for work later, inside the transaction that needs it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from host.clock import now
from host.db import Session, db
from host.jobs.declare import Task
from host.jobs.job import Job, JobState


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
    """Run the task with this payload (JSON values) after the running transaction commits, or at a time, or after a
    delay. A key names the job: while one of that key waits, asking again moves it to the new time and payload instead
    of adding another.
    """
    run_at = at or now() + (delay or timedelta())
    job = _waiting(f"{task.name}:{key}") if key else None
    if job is None:
        job = Job(task=task.name, key=f"{task.name}:{key}" if key else None, most_attempts=task.attempts)
        db.session.add(job)
    job.payload, job.run_at, job.asked_by_id = payload, run_at, asked_by_id
    db.session.flush()
    db.session().info.setdefault("wake_at", []).append(run_at)
    return job


def cancel(job: Job) -> bool:
    """Take a waiting job back; False when it has begun or ended already."""
    gone = db.session.execute(delete(Job).where(Job.id == job.id, Job.state == JobState.WAITING).returning(Job.id)).first()
    if gone is not None:
        db.session.expunge(job)
    return gone is not None


def _waiting(key: str) -> Job | None:
    """Locked, so that a worker that claims it meanwhile is waited for; a running one of this key is let be."""
    return db.session.scalars(select(Job).filter_by(key=key, state=JobState.WAITING).with_for_update()).first()


def ring(session: Session) -> None:
    """After the commit: wake the workers for what was asked. A lost ring costs at most a minute, never a job."""
    from host.jobs.doorbell import wake

    for run_at in sorted(set(session.info.pop("wake_at", []))):
        wake(run_at)


Session.after_commit.append(ring)
