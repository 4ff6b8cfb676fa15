"""Ending jobs that go on past their time limit without looking at the time."""

import ctypes

from host.db import db
from host.jobs.claim import Claim, LeaseLost, TimeLimitExceeded
from host.jobs.outcome import give_up
from host.jobs.presence import presence
from host.jobs.report import report

GRACE = 5  # seconds past the limit until the job is interrupted
LAST_GRACE = 30  # seconds until it is given up, wherever it may hang


def end_overdue() -> None:
    """Interrupt jobs whose time is up, and give up those that even that does not reach."""
    for claim in presence().overdue(by=GRACE):
        presence().interrupt(claim, by=_raise_in)
    for claim in presence().overdue(by=LAST_GRACE):
        _abandon(claim)


def _raise_in(thread: int) -> None:
    """TimeLimitExceeded, at its next step in Python. It ends the job as if it had raised that itself."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TimeLimitExceeded))


def _abandon(claim: Claim) -> None:
    """It hangs outside of Python. Its thread is lost to us, and what it may still write is refused."""
    why = str(TimeLimitExceeded(claim.time_limit))
    try:
        give_up(claim, why)
        db.session.commit()
        report(claim, "failed", f"{why} and hangs; its thread is replaced")
    except LeaseLost:
        db.session.rollback()
    presence().lose(claim)
