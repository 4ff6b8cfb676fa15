"""Jobs and periodic tasks as lists: for the page and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from host.clock import now
from host.db import db
from host.jobs.job import Job, JobState, TaskRun
from host.jobs.known import periodic, periodics, plugin_title
from host.jobs.pauses import paused
from host.jobs.times import coming
from host.plugging.tasks import Periodic

RUNS_SHOWN = 9
COMING_SHOWN = 5


@dataclass(frozen=True)
class TaskRow:
    """A periodic task and its newest runs, the newest first."""

    periodic: Periodic
    runs: Sequence[TaskRun]
    paused: bool = False

    @property
    def plugin(self) -> str:
        return plugin_title(self.periodic.name)

    @property
    def last(self) -> TaskRun | None:
        return self.runs[0] if self.runs else None

    @property
    def next(self) -> datetime | None:
        """None while it is paused, or where its schedule fails."""
        return next(iter(self.coming(1)), None)

    def coming(self, count: int = COMING_SHOWN) -> Sequence[datetime]:
        """The next times of its schedule; none while it is paused."""
        return [] if self.paused else coming(self.periodic, count)


def jobs(state: JobState | None = None, of: str | None = None) -> Select[Job]:
    """Jobs of one state as people see it, or of all: what is due next first, what has ended newest first; `of` a task
    or a plugin, by its name."""
    every = select(Job).where(Job.belongs_to(of)) if of else select(Job)
    if state is None:
        return every.order_by(Job.id.desc())
    if state in (JobState.WAITING, JobState.SCHEDULED):
        due = Job.run_at <= now()
        waiting = every.where(Job.state == JobState.WAITING, due if state is JobState.WAITING else ~due)
        return waiting.order_by(Job.run_at, Job.id)
    ended = state in (JobState.DONE, JobState.FAILED)
    newest = Job.finished_at.desc() if ended else Job.run_at
    return every.where(Job.state == state).order_by(newest, Job.id)


def tasks() -> list[TaskRow]:
    """Every periodic task of the plugins that are on."""
    at_rest = paused()
    return [TaskRow(each, _newest_runs(name), name in at_rest) for name, each in periodics().items()]


def task(name: str) -> TaskRow:
    """One of them. Raises NotFound."""
    return TaskRow(periodic(name), _newest_runs(name), name in paused())


def _newest_runs(name: str) -> Sequence[TaskRun]:
    """A few, from the end of the index on task and id; one statement for all tasks would read every run there was."""
    return db.session.scalars(select(TaskRun).filter_by(task=name).order_by(TaskRun.id.desc()).limit(RUNS_SHOWN)).all()
