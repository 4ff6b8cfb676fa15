"""Taking back what dead workers left running.

On this machine a worker's lock says at once whether its process lives, so a job is taken back as soon as anyone looks.
Workers elsewhere are believed to live until their lease runs out.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress

from sqlalchemy import ColumnElement, exists, select, text, true, update

from host.clock import now
from host.db import db
from host.i18n import ngettext
from host.jobs.claim import Claim, LeaseLost
from host.jobs.job import UNENDED, UNFINISHED, Job, JobState, TaskRun
from host.jobs.lock import found_gone, workers
from host.jobs.outcome import give_up
from host.jobs.presence import presence
from host.jobs.report import report
from host.jobs.rows import change
from host.jobs.waiting import wait_again

DIED = "its worker died"  # in the log


def heal() -> None:
    """Let jobs of dead workers wait again; one whose attempts are used up has failed."""
    for worker in {*_named_by_jobs(), *workers(presence().data)}:
        _heal(worker)
    _close_runs()
    db.session.commit()


def _named_by_jobs() -> Iterable[str]:
    running = select(Job.worker).where(Job.state == JobState.RUNNING).distinct()
    return [worker for worker in db.session.scalars(running) if worker is not None]


def _heal(worker: str) -> None:
    me = presence()
    if worker == me.name:
        # A thread of ours may have died; every other job in our name is in hand, and was so before its claim committed.
        # So our hands are looked at last: whatever has been read by then is in them.
        _release(worker, true(), lambda left: left.job_id not in {claim.job_id for claim in me.in_hand()})
        return
    with found_gone(me.data, worker) as gone:
        if gone is not False:
            _release(worker, true() if gone else Job.lease_until < now())


def _release(worker: str, which: ColumnElement[bool], is_left: Callable[[Claim], bool] = lambda _left: True) -> None:
    """A row that is locked is just being finished, or healed by another."""
    left = select(Job, TaskRun.id).outerjoin(TaskRun, TaskRun.job_id == Job.id)
    left = left.where(Job.state == JobState.RUNNING, Job.worker == worker, which)
    found = [Claim.left(*row) for row in db.session.execute(left.with_for_update(of=Job, skip_locked=True))]
    for claim in filter(is_left, found):
        _take_back(claim)
    db.session.commit()


def _take_back(claim: Claim) -> None:
    if claim.attempt < claim.most_attempts:
        if wait_again(claim.held):
            claim.write_run(state=JobState.WAITING)
            report(claim, "again", DIED)
        return
    died = "The worker died while it ran this."
    died_again = "The worker died while it ran this, at the last of %(n)s tries."
    with suppress(LeaseLost):
        give_up(claim, ngettext(died, died_again, claim.attempt))
        report(claim, "failed", DIED)


def _close_runs() -> None:
    """A run whose job was thrown away or has ended without it would keep its task from ever running again."""
    lives = exists().where(Job.id == TaskRun.job_id, text(f"job.{UNENDED}"))
    change(update(TaskRun).where(text(UNFINISHED), ~lives).values(state=JobState.FAILED, finished_at=now()))
