"""The sign of life of a worker: leases renewed, and jobs given back that wait behind a long one."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app
from sqlalchemy import update

from host.clock import now
from host.db import db
from host.jobs import health
from host.jobs.claim import LEASE
from host.jobs.job import Job, JobState
from host.jobs.outcome import give_back
from host.jobs.overdue import end_overdue
from host.jobs.presence import presence
from host.jobs.rows import change
from host.jobs.telling import HEALTH, JOBS, tell

log = logging.getLogger(__name__)

BEAT = 1  # seconds
RENEWED_EVERY = LEASE.total_seconds() / 6
PATIENCE = 2  # seconds that a claimed job may wait in its batch


class Heartbeat(threading.Thread):
    """Beats in a thread of its own, since a job may keep its own thread for hours."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self.app = app
        self._ended = threading.Event()

    def run(self) -> None:
        renewed = time.monotonic()
        while not self._ended.wait(BEAT):
            try:
                with self.app.app_context():
                    return_unbegun(PATIENCE)
                    end_overdue()
                    tell_pages()
                    if time.monotonic() - renewed >= RENEWED_EVERY:
                        renew_leases()
                        renewed = time.monotonic()
            except Exception:
                log.exception("a heartbeat failed; the next follows")

    def end(self) -> None:
        self._ended.set()
        self.join()


@contextmanager
def beating() -> Iterator[None]:
    """Show signs of life while the block runs."""
    heartbeat = Heartbeat(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    heartbeat.start()
    try:
        yield
    finally:
        heartbeat.end()


def return_unbegun(after: float) -> None:
    """Let others have what was claimed so many seconds ago and could not be begun."""
    if claims := presence().take_out_unbegun(after):
        give_back(claims)


def tell_pages() -> None:
    """Let the jobs page ask again, once a beat however many jobs that were; and every page when its dot changes."""
    me = presence()
    if not me.news.is_set():
        return
    me.news.clear()
    before, me.failed_told = me.failed_told, health.failed()
    tell(JOBS, *([] if before == me.failed_told else [HEALTH]))
    db.session.commit()


def renew_leases() -> None:
    """For all that is in hand."""
    me = presence()
    if ids := [claim.job_id for claim in me.in_hand()]:
        mine = (Job.state == JobState.RUNNING) & (Job.worker == me.name)
        change(update(Job).where(Job.id.in_(ids), mine).values(lease_until=now() + LEASE))
        db.session.commit()
