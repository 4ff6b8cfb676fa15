"""Putting a job back among those that wait."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.exc import IntegrityError

from host.clock import now
from host.db import db
from host.jobs.job import Job, JobState
from host.jobs.queue import wake_at
from host.jobs.rows import change


def wait_again(which: ColumnElement[bool], run_at: datetime | None = None, **values: Any) -> bool:
    """Let the one job that `which` describes wait (again), for this time or the one it has; False when there is none.

    Should another of its key wait meanwhile, both will run: this one goes on without the key, nothing is lost.
    """
    values |= {"run_at": run_at or Job.run_at}
    try:
        with db.session.begin_nested():
            found = _update(which, values)
    except IntegrityError:
        found = _update(which, {**values, "key": None})
    wake_at(run_at or now())
    return found > 0


def wait_all_again(which: ColumnElement[bool], run_at: datetime, **values: Any) -> int:
    """Let all jobs that `which` describes, none of which has a key, wait for this time; how many there were."""
    wake_at(run_at)
    return _update(which, values | {"run_at": run_at})


def _update(which: ColumnElement[bool], values: dict[str, Any]) -> int:
    waiting = {"state": JobState.WAITING, "worker": None, "lease_until": None}
    return len(change(update(Job).where(which).values(**waiting, **values).returning(Job.id)).all())
