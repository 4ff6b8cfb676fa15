"""What jobs left behind, as the database has it now. Each look ends its transaction, so that a job can write after."""

from sqlalchemy import func, select

from host.db import db
from host.jobs import Job, JobState
from host.models import Account


def written() -> list[str]:
    """The names that the task `write` wrote."""
    names = sorted(db.session.scalars(select(Account.name).where(Account.name != "Meadow")))
    db.session.commit()
    return names


def only_job() -> Job:
    """The one job that there is, detached."""
    job = db.session.scalars(select(Job).execution_options(populate_existing=True)).one()
    db.session.expunge(job)
    db.session.commit()
    return job


def states() -> dict[JobState, int]:
    """How many jobs there are in each state."""
    counted = select(Job.state, func.count()).group_by(Job.state)
    found = {row[0]: row[1] for row in db.session.execute(counted)}
    db.session.commit()
    return found
