"""Throwing away what is over: a little at each tick, so that it is never much."""

from datetime import timedelta

from sqlalchemy import delete, select

from host.clock import now
from host.db import db
from host.jobs.job import Job, JobState, TaskRun
from host.jobs.rows import change

JOBS_KEPT = timedelta(days=7)  # after they are done; failed ones stay until somebody acts
RUNS_KEPT = timedelta(days=90)
MOST = 2000  # of each, at a time


def forget_old() -> None:
    """Delete jobs that were done and runs of periodic tasks that ended, both long ago."""
    done = (Job.state == JobState.DONE) & (Job.finished_at < now() - JOBS_KEPT)
    change(delete(Job).where(Job.id.in_(select(Job.id).where(done).limit(MOST))))
    over = (TaskRun.created_at < now() - RUNS_KEPT) & TaskRun.state.in_((JobState.DONE, JobState.FAILED))
    change(delete(TaskRun).where(TaskRun.id.in_(select(TaskRun.id).where(over).order_by(TaskRun.id).limit(MOST))))
    db.session.commit()
