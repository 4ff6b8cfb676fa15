"""What a person does about a job that failed or is stuck."""

from contextlib import suppress

from sqlalchemy import ColumnElement, case, delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError

from host.clock import now
from host.db import db
from host.errors import Fault, NotFound
from host.i18n import _
from host.jobs.job import Job, JobState, TaskRun
from host.jobs.known import tasks
from host.jobs.queue import reschedule
from host.jobs.rows import change
from host.jobs.telling import HEALTH, JOBS, tell
from host.jobs.waiting import wait_again, wait_all_again
from host.plugging.tasks import DEFAULT_ATTEMPTS

IDLE = (JobState.FAILED, JobState.PARKED, JobState.WAITING)


def find(id: int) -> Job:  # noqa: A002
    """Raises NotFound."""
    job = db.session.get(Job, id, populate_existing=True)
    if job is None:
        raise NotFound(_("There is no job %(id)s.", id=id))
    return job


def retry_all(task: str | None = None) -> int:
    """Run all failed jobs again, or those of one task or plugin; how many there were. One whose periodic task has a
    newer run that has not ended is left."""
    failed = Job.state == JobState.FAILED
    if task is not None:
        failed &= Job.belongs_to(task)
    again = _retry_free(failed)
    for id in db.session.scalars(select(Job.id).where(failed).order_by(Job.id)).all():  # noqa: A001
        with suppress(Fault), db.session.begin_nested():
            _retry(id)
            again += 1
    tell(JOBS, HEALTH)
    return again


def retry(id: int) -> None:  # noqa: A002
    """Run a failed job again, now, with as many tries as at first. Raises NotFound, or Fault unless it has failed."""
    _retry(id)
    tell(JOBS, HEALTH)


def bring_forward(id: int) -> None:  # noqa: A002
    """Run a job now that waits for a later time. Raises NotFound, or Fault for one that does not wait."""
    job = find(id)
    if job.state is not JobState.WAITING or not reschedule(id, min(job.run_at, now())):
        raise Fault(_("Job %(id)s has begun or ended, so it cannot be brought forward.", id=id))
    tell(JOBS)


def discard(id: int) -> None:  # noqa: A002
    """Throw a job away that failed, waits or is parked. Raises NotFound, or Fault for one that runs or is done."""
    find(id)
    # A worker that claims it locks the job before its run, so we do: else each might wait for the other.
    db.session.execute(select(Job.id).where(Job.id == id).with_for_update())
    run = update(TaskRun).where(TaskRun.job_id == id, TaskRun.state.in_(IDLE))
    change(run.values(state=JobState.FAILED, finished_at=func.coalesce(TaskRun.finished_at, now())))
    if change(delete(Job).where(Job.id == id, Job.state.in_(IDLE)).returning(Job.id)).first() is None:
        raise Fault(_("Job %(id)s runs or is done, so it cannot be discarded.", id=id))
    tell(JOBS, HEALTH)


def _retry_free(failed: ColumnElement[bool]) -> int:
    """In one statement those that nothing can be in the way of, neither another of their key nor another run: there may
    be very many, and meanwhile nobody else could write to SQLite."""
    attempts = {name: task.attempts for name, task in tasks().items()} or {"": DEFAULT_ATTEMPTS}
    more = Job.attempts + case(attempts, value=Job.task, else_=DEFAULT_ATTEMPTS)
    free = failed & Job.key.is_(None) & ~exists().where(TaskRun.job_id == Job.id)
    return wait_all_again(free, now(), most_attempts=more, finished_at=None)


def _retry(id: int) -> None:  # noqa: A002
    task = tasks().get(find(id).task)
    more = Job.attempts + (task.attempts if task else DEFAULT_ATTEMPTS)
    failed = (Job.id == id) & (Job.state == JobState.FAILED)
    if not wait_again(failed, now(), most_attempts=more, finished_at=None):
        raise Fault(_("Job %(id)s has not failed, so there is nothing to try again.", id=id))
    try:
        with db.session.begin_nested():
            again = update(TaskRun).where(TaskRun.job_id == id)
            change(again.values(state=JobState.WAITING, summary=None, started_at=None, finished_at=None))
    except IntegrityError as error:
        raise Fault(_("A newer run of this task has not ended yet. Try again when it has.")) from error
