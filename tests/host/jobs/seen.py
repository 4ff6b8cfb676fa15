"""What jobs left behind, as the database has it now."""

from sqlalchemy import select

from host.db import db
from host.jobs import Job
from host.models import Account


def written() -> list[str]:
    """The names that the task `write` wrote."""
    return sorted(db.session.scalars(select(Account.name).where(Account.name != "Meadow")))


def only_job() -> Job:
    """The one job that there is."""
    db.session.expire_all()
    return db.session.scalars(select(Job)).one()
