"""Asking for work later, inside the transaction that needs it."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, text, update

from host import later
from host.clock import now
from host.db import Session, db, upsert
from host.jobs.job import WAITING, Job, JobState
from host.jobs.known import tasks
from host.jobs.rows import change
from host.plugging.tasks import Priority, Task

LARGEST_PAYLOAD = 64 * 1024  # bytes of JSON
LONGEST_NAME = 200  # characters of a key or a lane, with the task's name before it


def schedule(
    task: Task,
    /,
    *,
    at: datetime | None = None,
    delay: timedelta | None = None,
    key: str | None = None,
    lane: str | None = None,
    priority: Priority | None = None,
    asked_by_id: int | None = None,
    **payload: Any,
) -> Job:
    """Run the task with this payload (JSON values) once the running transaction has committed, or at a time, or after
    a delay; with the task's priority unless another is given.

    A key names the job: while one of that key waits, asking again moves it to the new time and payload instead of
    adding another. Jobs of one lane run one after another, in the order in which they were asked for; one that is to be
    tried again keeps the others waiting.

    Raises LookupError for a task that no plugin has registered, TypeError for a payload that is no JSON, ValueError for
    one above 64 KiB, a priority that there is not, or a time and a delay at once.
    """
    if task.name not in tasks():
        raise LookupError(f"{task.name} is not among what its plugin's register_tasks returns")
    if at is not None and delay is not None:
        raise ValueError("a job runs at a time or after a delay, not both")
    _check_payload(task, payload)
    run_at = at or now() + (delay or timedelta())
    asked = {"payload": payload, "run_at": run_at, "asked_by_id": asked_by_id}
    asked |= {"lane": _name(task.plugin, lane), "priority": task.priority if priority is None else Priority(priority)}
    name = _name(task.name, key)
    job = _named(task, name, asked) if name else _added(task, asked)
    wake_at(run_at)
    return job


def reschedule(job: Job | int, at: datetime) -> bool:
    """Move a job (or the one of this id) that waits or is parked to another time; False when it has begun, ended or is
    gone."""
    moved = change(update(Job).where(_idle(job)).values(run_at=at).returning(Job.id)).first() is not None
    if moved:
        wake_at(at)
    return moved


def cancel(job: Job | int) -> bool:
    """Take back a job (or the one of this id) that waits or is parked; False when it has begun, ended or is gone."""
    return db.session.execute(delete(Job).where(_idle(job)).returning(Job.id)).first() is not None


def wake_at(at: datetime) -> None:
    """Ring for this time after the running transaction has committed."""
    db.session().info.setdefault("wake_at", set()).add(at)


def ring(session: Session) -> None:
    """After the commit: wake the workers for what was asked. A lost ring costs at most a minute, never a job."""
    from host.jobs.doorbell import wake

    present = now()
    wanted = sorted(session.info.pop("wake_at", ()))
    # Thousands may be asked for at once: one ring for all that is due, and one for each second to come.
    last_of = {0 if at <= present else int(at.timestamp()): at for at in wanted}
    for at in last_of.values():
        wake(at)


def _idle(job: Job | int) -> ColumnElement[bool]:
    id = job.id if isinstance(job, Job) else job  # noqa: A001
    return (Job.id == id) & Job.state.in_((JobState.WAITING, JobState.PARKED))


def _name(owner: str, given: str | None) -> str | None:
    """A key belongs to its task, a lane to the tasks of a plugin."""
    name = f"{owner}:{given}" if given else None
    if name and len(name) > LONGEST_NAME:
        raise ValueError(f"a key or lane of {owner} has at most {LONGEST_NAME - len(owner) - 1} characters")
    return name


def _check_payload(task: Task, payload: dict[str, Any]) -> None:
    """At once, and not when the session is flushed: there nobody knows who asked."""
    try:
        text = json.dumps(payload, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise TypeError(f"the payload of {task.name} is no JSON: {error}") from error
    if len(text) > LARGEST_PAYLOAD:
        raise ValueError(
            f"the payload of {task.name} has {len(text):,} bytes as JSON and may have {LARGEST_PAYLOAD:,}:"
            " keep it in a table, and give the task its key"
        )


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


later.listeners.append(schedule)
