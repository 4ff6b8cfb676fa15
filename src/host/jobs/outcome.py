"""How an attempt ends: done, tried again later, failed, or given back untouched."""

import random
import traceback
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from host.clock import now
from host.db import db
from host.jobs.claim import Claim, LeaseLost, TimeLimitExceeded
from host.jobs.job import Job, JobState
from host.jobs.waiting import wait_again

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_SUMMARY = 500
LONGEST_ERROR = 50_000


def finish(claim: Claim, summary: object) -> None:
    """Commit what the task wrote and that it is done, together. Raises LeaseLost, and then commits nothing."""
    says = "" if summary is None else _storable(str(summary))
    ended = _ended(claim, JobState.DONE) | {"summary": says[:LONGEST_SUMMARY] or None}
    claim.write(**ended, lease_until=None, error=None, progress=claim.progress_of)
    claim.write_run(**ended)
    db.session.commit()


def fail(claim: Claim, error: BaseException) -> str:
    """After the rollback: try again later, or give up and keep why; which of them it was, in the log's word."""
    text = _storable("".join(traceback.format_exception(error)))[-LONGEST_ERROR:]
    last = claim.attempt >= claim.most_attempts or isinstance(error, TimeLimitExceeded)
    try:
        (give_up if last else _try_again)(claim, text)
    except LeaseLost:
        db.session.rollback()
        return "taken-over"
    db.session.commit()
    return "failed" if last else "again"


def give_up(claim: Claim, error: str) -> None:
    """In the running transaction. Raises LeaseLost."""
    ended = _ended(claim, JobState.FAILED)
    claim.write(**ended, lease_until=None, error=error)
    claim.write_run(**ended, summary=last_line(error)[:LONGEST_SUMMARY])


def give_back(claims: Iterable[Claim]) -> None:
    """Jobs that were claimed and never begun: as if they had not been."""
    for claim in claims:
        wait_again(claim.held, attempts=Job.attempts - 1, started_at=None)
        claim.write_run(state=JobState.WAITING, started_at=None)
    db.session.commit()


def pause(attempt: int) -> timedelta:
    """How long to wait after this attempt: doubling, never above an hour, and spread by a quarter either way so that
    what failed together does not come again together."""
    doubled = FIRST_PAUSE * 2 ** min(attempt - 1, 20)
    spread: float = random.uniform(0.75, 1.25)  # noqa: S311 -- no secret
    paused: timedelta = min(doubled, LONGEST_PAUSE) * spread
    return paused


def last_line(error: str) -> str:
    """What a traceback says in the end."""
    return error.strip().rpartition("\n")[2]


def _storable(text: str) -> str:
    """Without what a column refuses, lone surrogates and NUL: no job may be lost for its last words."""
    return text.encode(errors="replace").decode().replace("\0", "\ufffd")


def _ended(claim: Claim, state: JobState) -> dict[str, Any]:
    return {"state": state, "started_at": claim.begun_at, "finished_at": now()}


def _try_again(claim: Claim, error: str) -> None:
    at = now() + pause(claim.attempt)
    if not wait_again(claim.held, at, error=error):
        raise LeaseLost
    claim.write_run(state=JobState.WAITING)
