"""Jobs and periodic tasks as lists: for the page and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from host.clock import now
from host.db import db
from host.jobs.job import Job, JobState, TaskRun
from host.jobs.known import periodics, plugin_title
from host.plugging.tasks import Periodic

RUNS_SHOWN = 9


@dataclass(frozen=True)
class TaskRow:
    """A periodic task and its newest runs, the newest first."""

    periodic: Periodic
    runs: Sequence[TaskRun]

    @property
    def plugin(self) -> str:
        return plugin_title(self.periodic.name)

    @property
    def last(self) -> TaskRun | None:
        return self.runs[0] if self.runs else None

    @property
    def next(self) -> datetime:
        return self.periodic.schedule.following(now())


def jobs(state: JobState | None = None) -> Select[Job]:
    """Jobs of one state as people see it, or of all: what is due next first, what has ended newest first."""
    every = select(Job)
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
    return [TaskRow(each, _newest_runs(name)) for name, each in periodics().items()]


def _newest_runs(name: str) -> Sequence[TaskRun]:
    """A few, from the end of the index on task and id; one statement for all tasks would read every run there was."""
    return db.session.scalars(select(TaskRun).filter_by(task=name).order_by(TaskRun.id.desc()).limit(RUNS_SHOWN)).all()
