"""Running jobs: each in an app context and a session of its own, its effects and its end in one transaction."""

import time
from contextvars import ContextVar

from flask import Flask, current_app

from host.db import db
from host.jobs.batch import MOST, claim_due
from host.jobs.claim import Claim, LeaseLost
from host.jobs.known import tasks
from host.jobs.outcome import fail, finish, give_back
from host.jobs.presence import presence
from host.jobs.report import report
from host.live import telling

BREATH, BREATHES_EVERY = 0.001, 0.02  # seconds
# Between two batches of a long job. Who waits for SQLite's lock looks for it at ever longer intervals, up to 100 ms:
# with a pause of 1 ms between batches of 30 ms others waited for seconds, with this one for a tenth of one.
PAUSE = 0.004  # seconds

_current: ContextVar[Claim | None] = ContextVar("current_job", default=None)


def drain(limit: int | None = None) -> int:
    """Run what is due in this thread, until nothing is or `limit` jobs have run; returns how many did.

    Call it without an open transaction: on SQLite the jobs could not write beside it.
    """
    ran = 0
    while (limit is None or ran < limit) and not presence().stopping.is_set():
        claims = _claimed(MOST if limit is None else limit - ran)
        if not claims:
            break
        ran += _run_all(claims)
    return ran


def run(claim: Claim) -> None:
    """Run one job that `Presence.begin` has begun, and write how it ended. Raises nothing that the task raises, except
    KeyboardInterrupt."""
    with _app().app_context():
        before = _current.set(claim)
        try:
            summary = tasks()[claim.task].run(**claim.payload)
            presence().end(claim)
            finish(claim, summary)
            report(claim, "done", summary)
        except LeaseLost:
            db.session.rollback()
            db.session.commit()  # tells pages of what was committed before
            report(claim, "taken-over")
        except BaseException as error:
            presence().end(claim)
            db.session.rollback()
            report(claim, fail(claim, error), repr(error))
            if isinstance(error, KeyboardInterrupt):
                raise
        finally:
            _current.reset(before)
            presence().drop([claim])


def current_job() -> Claim | None:
    """The attempt that is running in this thread; None outside a job."""
    return _current.get()


def checkpoint(done: int | None = None, of: int | None = None, *, soon_again: bool = False) -> None:
    """Commit what a long job did so far, and begin a new transaction with the next query; `done` and `of` say how far
    it is, for people who look. One that commits many small batches, one right after the other, says `soon_again`: open
    pages then hear of them a few times a second.

    A job that dies later is run again from its beginning, so it must find what it has done. Also for jobs with effects
    on the outside: nothing may be sent inside a transaction. Outside a job this is only a commit.
    Raises LeaseLost when another worker has taken the job over, TimeLimitExceeded when the task's time is up; then
    nothing is committed. On SQLite it then pauses for a moment, so that others come to write.
    """
    claim = _current.get()
    if claim is not None:
        claim.check_time()
        if done is None:
            claim.renew()
        else:
            claim.renew(progress=done, progress_of=of)
            claim.progress_of = of
        presence().news.set()
        if soon_again:
            telling.soon_again()
    db.session.commit()
    if claim is not None and _on_sqlite():
        time.sleep(PAUSE)


def _claimed(most: int) -> list[Claim]:
    with _app().app_context():
        return claim_due(most)


def _run_all(claims: list[Claim]) -> int:
    ran = 0
    me = presence()
    held_since = time.monotonic()
    try:
        for claim in claims:
            if not me.stopping.is_set() and me.begin(claim):
                ran += 1
                run(claim)
                held_since = _breathe(held_since)
    finally:
        _give_back([claim for claim in claims if claim.begun_at is None and claim in me.in_hand()])
    return ran


def _breathe(since: float) -> float:
    """Between processes SQLite's write lock goes to whoever asks next, not to who waits longest: let another one's page
    come between jobs. Gives the time since when we have not."""
    if time.monotonic() - since < BREATHES_EVERY or not _on_sqlite():
        return since
    time.sleep(BREATH)
    return time.monotonic()


def _on_sqlite() -> bool:
    on_sqlite: bool = current_app.extensions["fallow"].config.on_sqlite
    return on_sqlite


def _give_back(claims: list[Claim]) -> None:
    if claims:
        presence().drop(claims)
        with _app().app_context():
            give_back(claims)


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- Flask's documented way to the app itself
    return app
