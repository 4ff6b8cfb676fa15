"""Running a periodic task here and now, as `fallow tasks run` does, whoever else has a worker."""

import time
from collections.abc import Callable

from sqlalchemy import select

from host.db import db
from host.jobs.batch import claim
from host.jobs.claim import Claim
from host.jobs.heal import heal
from host.jobs.heartbeat import beating
from host.jobs.job import Job, JobState, TaskRun
from host.jobs.known import periodic
from host.jobs.parking import bring_back
from host.jobs.periodic import begin, unfinished
from host.jobs.presence import presence
from host.jobs.run import run

LOOK_AGAIN = 0.2  # seconds


def run_here(name: str, *, while_waiting: Callable[[], None]) -> TaskRun:
    """Run the task in this thread, and return how it went. A run that waits is taken over; while one goes on elsewhere
    its end is awaited, after telling so once. Raises NotFound for an unknown name.
    """
    mine = _claimed(name)
    if mine is None:
        while_waiting()
    while mine is None:
        time.sleep(LOOK_AGAIN)
        mine = _claimed(name)
    with beating():
        presence().begin(mine)
        run(mine)
    return db.session.get_one(TaskRun, mine.run_id, populate_existing=True)


def _claimed(name: str) -> Claim | None:
    """Written and claimed in one transaction, so that no worker takes it before."""
    heal()
    bring_back()
    task = periodic(name).task
    fresh = begin(task)
    going = fresh or unfinished(task)
    waiting = select(Job).where(Job.id == (going.job_id if going else None), Job.state == JobState.WAITING)
    job = db.session.scalars(waiting.with_for_update(skip_locked=True)).first()
    if job is None:
        db.session.rollback()
        return None
    if fresh:
        job.most_attempts = 1  # whoever asked is told what went wrong, and may ask again
        db.session.flush()
    return claim([job])[0]
