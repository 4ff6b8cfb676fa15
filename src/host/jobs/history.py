"""How many jobs ended in each of the last hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Integer, cast, extract, func, select

from host.clock import EPOCH, now
from host.db import db
from host.jobs.job import Job, JobState


@dataclass(frozen=True)
class Span:
    """A stretch of time up to now, in steps that lie on a grid as `every` has it."""

    length: timedelta
    step: timedelta


DAY = Span(timedelta(hours=24), timedelta(hours=1))
WEEK = Span(timedelta(days=7), timedelta(hours=6))


@dataclass(frozen=True)
class Bar:
    """What ended in one step."""

    begins: datetime
    done: int = 0
    failed: int = 0


def bars(span: Span) -> Sequence[Bar]:
    """One for each step, the running one last. Reads a range of the index on finished_at and state."""
    last = (now() - EPOCH) // span.step
    first = last - span.length // span.step + 1
    counted = _counted(first, int(span.step.total_seconds()))
    return [_bar(number, span.step, counted) for number in range(first, last + 1)]


def _counted(first: int, step: int) -> dict[tuple[int, JobState], int]:
    number = cast(extract("epoch", Job.finished_at), Integer) // step
    ended = Job.state.in_((JobState.DONE, JobState.FAILED))
    since = Job.finished_at >= datetime.fromtimestamp(first * step, UTC)
    rows = select(number, Job.state, func.count()).where(since, ended).group_by(number, Job.state)
    return {(at, state): count for at, state, count in db.session.execute(rows)}


def _bar(number: int, step: timedelta, counted: dict[tuple[int, JobState], int]) -> Bar:
    done, failed = (counted.get((number, state), 0) for state in (JobState.DONE, JobState.FAILED))
    return Bar(EPOCH + number * step, done, failed)
