"""What is done every minute, and at the start of a worker."""

import logging
import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from host.clock import now
from host.db import db
from host.jobs.doorbell import wake
from host.jobs.heal import heal
from host.jobs.job import Job, JobState
from host.jobs.parking import bring_back
from host.jobs.periodic import plan
from host.jobs.run import drain

log = logging.getLogger(__name__)

# A little more than a tick, so that two ticks overlap.
AHEAD = timedelta(seconds=90)
MOST_WAKE_UPS = 1000


def tick() -> None:
    """Heal what was lost, plan what is due by the clock, set the bell for the next minute, and run what is due.

    One step that fails must not keep the others from running, minute after minute.
    """
    for step in (heal, bring_back, plan, set_bell, drain):
        _do(step)


def set_bell() -> None:
    """Ring for each second of the next minute and a half in which something falls due."""
    soon = select(Job.run_at).where(Job.state == JobState.WAITING, Job.run_at > now(), Job.run_at <= now() + AHEAD)
    times = db.session.scalars(soon.distinct().order_by(Job.run_at).limit(MOST_WAKE_UPS)).all()
    db.session.commit()
    for second in sorted({math.ceil(at.timestamp()) for at in times}):
        wake(datetime.fromtimestamp(second, UTC))


def _do(step: Callable[[], object]) -> None:
    try:
        step()
    except Exception:
        log.exception("%s failed; the next tick tries again", step.__name__)
        db.session.rollback()
