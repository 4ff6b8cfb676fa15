"""Claiming: a worker takes some of what is due, in one short transaction."""

from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from sqlalchemy import ColumnElement, Select, bindparam, exists, select, text, update
from sqlalchemy.orm import aliased

from host.clock import now
from host.db import db
from host.jobs.claim import LEASE, Claim
from host.jobs.job import UNENDED, WAITING, Job, JobState, TaskRun
from host.jobs.known import tasks
from host.jobs.limits import fitting, full_of, room_left, without
from host.jobs.parking import park
from host.jobs.pauses import all_paused_at
from host.jobs.presence import presence
from host.jobs.queue import wake_at
from host.jobs.rows import change
from host.plugging.tasks import Priority

MOST = 30


def claim_due(most: int = MOST) -> list[Claim]:
    """Up to so many jobs that are due, marked as running in this worker's name; none when nothing is or all are paused.

    What no plugin here knows is parked.
    """
    known = tasks()
    while not all_paused_at() and (due := _due(min(most, MOST))):
        if unknown := {job.task for job in due} - set(known):
            park(unknown)
            db.session.commit()
        else:
            if len(due) > 1:
                wake_at(now())  # others may help
            return claim(_safe_together(due))
    db.session.commit()
    return []


def claim(jobs: Sequence[Job]) -> list[Claim]:
    """Take these jobs, which wait and are locked, and commit."""
    me = presence()
    me.enter()
    ids = [job.id for job in jobs]
    runs = _begin_runs(ids)
    known = tasks()
    claims = [Claim.of(job, me.name, runs.get(job.id), known[job.task].time_limit) for job in jobs]
    me.take(claims)
    try:
        taken = {"state": JobState.RUNNING, "attempts": Job.attempts + 1, "worker": me.name, "progress": None}
        change(update(Job).where(Job.id.in_(ids)).values(**taken, lease_until=now() + LEASE, started_at=now()))
        db.session.commit()
    except BaseException:
        me.drop(claims)
        raise
    return claims


def _due(most: int) -> list[Job]:
    """One priority after the other: in one go, those of a higher one whose time is ahead would have to be passed over.
    On PostgreSQL other workers pass over what we look at; SQLite's write lock is ours from the start."""
    room = room_left()
    full = full_of(room)
    found: list[Job] = []
    for priority in Priority:
        if wanted := most - len(found):
            found += db.session.scalars(_next(priority, full), {"moment": now(), "wanted": wanted})
    return fitting(found, room)


@cache
def _next(priority: Priority, full: frozenset[str]) -> Select[Job]:
    """Read in order from the index on priority, run_at and id. The states stand in the statement as they stand in the
    indexes' own conditions: SQLite does not look at values to see that one fits. Made once: to make it takes longer
    than to run it."""
    due = select(Job).where(text(f"job.{WAITING}"), Job.priority == priority, Job.run_at <= bindparam("moment"))
    mine = due.where(_is_free(), *without(full)).order_by(Job.run_at, Job.id).limit(bindparam("wanted"))
    return mine.with_for_update(skip_locked=True, of=Job).execution_options(populate_existing=True)


def _is_free() -> ColumnElement[bool]:
    """Whether all of its lane that were asked for earlier have ended. Index: ix_job_lane. Most have no lane, and that
    is asked first: PostgreSQL would otherwise go through the table to find nothing, once for each of them."""
    earlier = aliased(Job, name="earlier")
    unended = text(f"earlier.lane IS NOT NULL AND earlier.{UNENDED}")
    return Job.lane.is_(None) | ~exists().where(earlier.lane == Job.lane, earlier.id < Job.id, unended)


def _safe_together(jobs: Sequence[Job]) -> list[Job]:
    """One that was tried before goes alone: if it is what kills the worker, it takes no other's attempts with it."""
    return list(takewhile(lambda job: not job.attempts, jobs)) or list(jobs[:1])


def _begin_runs(job_ids: Sequence[int]) -> dict[int, int]:
    begun = update(TaskRun).where(TaskRun.job_id.in_(job_ids)).values(state=JobState.RUNNING, started_at=now())
    return {row.job_id: row.id for row in change(begun.returning(TaskRun.job_id, TaskRun.id))}
