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
    values |= {"state": JobState.WAITING, "worker": None, "lease_until": None, "run_at": run_at or Job.run_at}
    try:
        with db.session.begin_nested():
            found = _update(which, values)
    except IntegrityError:
        found = _update(which, {**values, "key": None})
    wake_at(run_at or now())
    return found


def _update(which: ColumnElement[bool], values: dict[str, Any]) -> bool:
    return change(update(Job).where(which).values(**values).returning(Job.id)).first() is not None
