"""What jobs left behind, as the database has it now."""

from sqlalchemy import func, select

from host.db import db
from host.jobs import Job, JobState
from host.models import Account


def written() -> list[str]:
    """The names that the task `write` wrote."""
    return sorted(db.session.scalars(select(Account.name).where(Account.name != "Meadow")))


def only_job() -> Job:
    """The one job that there is."""
    db.session.expire_all()
    return db.session.scalars(select(Job)).one()


def states() -> dict[JobState, int]:
    """How many jobs there are in each state."""
    counted = select(Job.state, func.count()).group_by(Job.state)
    found = {state: count for state, count in db.session.execute(counted)}
    db.session.commit()
    return found
