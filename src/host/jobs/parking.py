"""Jobs of plugins that are not here: set aside, and back when the plugin is."""

from collections.abc import Collection

from sqlalchemy import select, update

from host.db import db
from host.jobs.job import Job, JobState
from host.jobs.known import tasks
from host.jobs.rows import change
from host.jobs.waiting import wait_again


def park(names: Collection[str]) -> None:
    """Set aside all that waits for these tasks, so that what this program can run is not behind it."""
    change(update(Job).where(Job.state == JobState.WAITING, Job.task.in_(names)).values(state=JobState.PARKED))


def bring_back() -> None:
    """Let what was set aside wait again if its task is known now: at its time, or at once where that is past."""
    parked = select(Job.id, Job.run_at).where(Job.state == JobState.PARKED, Job.task.in_(tasks()))
    for id, run_at in db.session.execute(parked.with_for_update(skip_locked=True)).all():  # noqa: A001
        wait_again((Job.id == id) & (Job.state == JobState.PARKED), run_at)
    db.session.commit()
