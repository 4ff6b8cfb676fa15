"""A job in the hands of one worker: what is known of it, and the fence around what the worker may still write."""

import math
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, bindparam, update

from host.clock import now
from host.db import db
from host.jobs.job import Job, JobState, TaskRun
from host.jobs.rows import change

# How long a worker is believed to live after its last sign; see heartbeat.py, and heal.py for workers on this machine.
LEASE = timedelta(minutes=2)


class TimeLimitExceeded(Exception):  # noqa: N818 -- it says what happened
    """The job went on past its task's time limit. It has failed: another try would take as long."""

    def __init__(self, limit: timedelta | None = None) -> None:
        limit_words = "" if limit is None else f" ({limit})"
        super().__init__(f"it went on past its time limit{limit_words}")


class LeaseLost(Exception):  # noqa: N818 -- it says what happened
    """Another worker has taken this job over; whatever was not committed is void."""


@dataclass(eq=False)
class Claim:
    """One attempt at a job. `current_job()` gives it to the running task."""

    job_id: int
    task: str
    payload: dict[str, Any]
    key: str | None
    asked_by_id: int | None
    attempt: int
    most_attempts: int
    worker: str
    run_id: int | None = None  # of the TaskRun, where the task is periodic
    claimed: float = field(default_factory=time.monotonic)
    progress_of: int | None = None
    begun_at: datetime | None = None
    begun: float = 0  # on the monotonic clock: a limit does not run while the machine sleeps
    time_limit: timedelta = timedelta.max
    thread: int = 0  # the one that runs it
    ending: bool = False  # its task has returned or raised

    @classmethod
    def of(cls, job: Job, worker: str, run_id: int | None, time_limit: timedelta) -> "Claim":
        """The next attempt at a job that waits."""
        asked = (job.id, job.task, job.payload, job.key, job.asked_by_id)
        return cls(*asked, job.attempts + 1, job.most_attempts, worker, run_id, time_limit=time_limit)

    @classmethod
    def left(cls, job: Job, run_id: int | None) -> "Claim":
        """The attempt that a dead worker left."""
        asked = (job.id, job.task, job.payload, job.key, job.asked_by_id)
        return cls(*asked, job.attempts, job.most_attempts, job.worker or "", run_id, begun_at=job.started_at)

    def begin(self) -> None:
        """In the thread that calls."""
        self.begun_at, self.begun, self.thread = now(), time.monotonic(), threading.get_ident()

    @property
    def took(self) -> float:
        """For how many seconds it has run; of one that a dead worker left, how long ago it was begun."""
        if self.begun:
            return time.monotonic() - self.begun
        return (now() - self.begun_at).total_seconds() if self.begun_at else 0

    @property
    def overdue(self) -> float:
        """For how many seconds it has gone on past its time limit; negative before."""
        return time.monotonic() - self.begun - self.time_limit.total_seconds() if self.begun else -math.inf

    def check_time(self) -> None:
        """For jobs with long loops. Raises TimeLimitExceeded once the task's time limit is over."""
        if self.overdue > 0:
            raise TimeLimitExceeded(self.time_limit)

    @property
    def held(self) -> ColumnElement[bool]:
        """True of the job's row as long as this attempt is the one that counts."""
        return _held(self.job_id, self.attempt, self.worker)

    def write(self, **values: Any) -> None:
        """Change the job's row in the running transaction. Raises LeaseLost when it is no longer ours."""
        mine = {"its_id": self.job_id, "its_attempt": self.attempt, "its_worker": self.worker}
        changed = db.session.connection().execute(_write(frozenset(values)), {**mine, **values})
        if not changed.rowcount:
            raise LeaseLost(f"job {self.job_id}, attempt {self.attempt}")

    def write_run(self, **values: Any) -> None:
        """Let the periodic run follow, where there is one."""
        if self.run_id is not None:
            change(update(TaskRun).where(TaskRun.id == self.run_id).values(**values))

    def renew(self, **values: Any) -> None:
        """Show a sign of life, and change the row with it. Raises LeaseLost."""
        self.write(lease_until=now() + LEASE, **values)


@cache
def _write(columns: frozenset[str]) -> Update:
    """The statement behind each job's end, made once: to make it takes longer than to run it."""
    held = _held(bindparam("its_id"), bindparam("its_attempt"), bindparam("its_worker"))
    table = Job.metadata.tables[Job.__tablename__]
    return update(table).where(held).values({name: bindparam(name) for name in columns})


def _held(job_id: Any, attempt: Any, worker: Any) -> ColumnElement[bool]:
    return and_(Job.id == job_id, Job.state == JobState.RUNNING, Job.attempts == attempt, Job.worker == worker)
