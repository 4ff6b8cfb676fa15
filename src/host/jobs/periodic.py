"""Periodic tasks: one run for each slot of the schedule, and never two runs of a task at a time.

Of the slots that were missed, because the program was off or a run took that long, the newest runs once, unless the
task is not to catch up. A task that is paused has none; what fell due meanwhile is not caught up.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, text, update

from host.clock import now
from host.db import db, insert_ignoring
from host.errors import Fault
from host.i18n import _
from host.jobs.job import UNFINISHED, Job, JobState, TaskPause, TaskRun
from host.jobs.known import periodic, periodics
from host.jobs.pauses import all_paused_at
from host.jobs.queue import schedule, wake_at
from host.jobs.rows import change
from host.jobs.times import latest
from host.models import User
from host.plugging.tasks import Periodic, Task

# A slot that is no older was not missed: two ticks, and a busy moment.
PUNCTUAL = timedelta(minutes=3)


def plan() -> None:
    """Write the run of each periodic task whose newest slot has none yet, with its job."""
    if all_paused_at():
        return
    pauses = {pause.task: pause for pause in db.session.scalars(select(TaskPause))}
    for each in periodics().values():
        slot = latest(each)
        if slot is not None and not _left_out(each, slot, pauses.get(each.name)):
            begin(each.task, slot=slot)
    db.session.commit()


def run_now(name: str, asked_by: User) -> TaskRun:
    """Run a periodic task out of turn. One that waits, such as for its next try, is brought forward.

    Raises NotFound for an unknown name, Fault while a run of it goes on.
    """
    each = periodic(name)
    run = begin(each.task, asked_by_id=asked_by.id)
    return run if run is not None else _brought_forward(each)


def begin(task: Task, *, slot: datetime | None = None, asked_by_id: int | None = None) -> TaskRun | None:
    """Write a run and its job, in the running transaction; None when the slot has one, or another has not ended.

    Both are unique indexes, so it holds however many workers there are.
    """
    row = {"task": task.name, "slot": slot, "asked_by_id": asked_by_id}
    run_id = db.session.scalar(insert_ignoring(TaskRun).values(row).returning(TaskRun.id))
    if run_id is None:
        return None
    job = schedule(task, asked_by_id=asked_by_id)
    change(update(TaskRun).where(TaskRun.id == run_id).values(job_id=job.id))
    return db.session.get_one(TaskRun, run_id, populate_existing=True)


def unfinished(task: Task) -> TaskRun | None:
    """The run of this task that has not ended."""
    query = select(TaskRun).where(TaskRun.task == task.name, text(UNFINISHED))
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def _left_out(each: Periodic, slot: datetime, pause: TaskPause | None) -> bool:
    if pause is not None and (pause.resumed_at is None or slot <= pause.resumed_at):
        return True
    return not each.catch_up and slot < now() - PUNCTUAL


def _brought_forward(each: Periodic) -> TaskRun:
    run = unfinished(each.task)
    waiting = (Job.id == (run.job_id if run else None)) & (Job.state == JobState.WAITING)
    moved = change(update(Job).where(waiting).values(run_at=now()).returning(Job.id)).first()
    if run is None or moved is None:
        raise Fault(_("“%(title)s” is running already.", title=each.title))
    wake_at(now())
    return run
