"""What the jobs page shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import func, select
from werkzeug.utils import cached_property

from host.clock import now
from host.db import db
from host.i18n import _, ngettext
from host.jobs import Job, JobState, TaskRun, health, history, listing, pauses
from host.jobs.known import periodics, plugin_title
from host.jobs.lock import living
from host.jobs.outcome import last_line
from host.web.jobchart import JobChart
from host.web.jobfilter import JobFilter
from host.web.spans import near, span

SHOWN = 50
QUEUE = (JobState.RUNNING, JobState.WAITING, JobState.SCHEDULED, JobState.PARKED)


@dataclass(frozen=True)
class Fact:
    """A big number with a word below."""

    state: str
    name: str
    count: int
    more: str


class JobsView:
    """The page, or the part of it that the filter lets through."""

    def __init__(self, filter: JobFilter) -> None:  # noqa: A002
        self.filter = filter
        self.chart = JobChart(history.bars(filter.span), filter.span)
        self.counts = health.counts()
        self.jobs = {state: self._some(state) for state in (*QUEUE, JobState.FAILED, JobState.DONE)}
        self._periodics = periodics()

    @property
    def failed(self) -> Sequence[Job]:
        return self.jobs[JobState.FAILED]

    @property
    def queue(self) -> list[Job]:
        """What has not ended: what runs first, what is parked last."""
        return [job for state in QUEUE for job in self.jobs[state]]

    @property
    def done(self) -> Sequence[Job]:
        """Shown where it is asked for."""
        return self.jobs[JobState.DONE]

    @cached_property
    def tasks(self) -> Sequence[listing.TaskRow]:
        """None where a state is asked for: then it is about jobs."""
        return [] if self.filter.state else [row for row in listing.tasks() if self.filter.shows(row.periodic.name)]

    @cached_property
    def failed_count(self) -> int:
        """How many *Retry all* is about."""
        rows = listing.jobs(JobState.FAILED, self.filter.task or None).order_by(None).subquery()
        return db.session.scalar(select(func.count()).select_from(rows)) or 0

    @property
    def is_empty(self) -> bool:
        """Whether the filter lets nothing through."""
        return self.filter.chosen and not (any(self.jobs.values()) or self.tasks)

    @property
    def has_more(self) -> bool:
        """Whether a list may be longer than what is shown of it."""
        return any(len(jobs) == SHOWN for jobs in self.jobs.values())

    @cached_property
    def paused_at(self) -> datetime | None:
        """When somebody paused all jobs; None while they run."""
        return pauses.all_paused_at()

    @property
    def facts(self) -> list[Fact]:
        """Of all there is, whatever is filtered; parked ones where there are any."""
        return [
            Fact(state.value, name, int(self.counts[state]), _of_first(state, words))
            for state, name, words in _facts()
            if self.counts[state] or state is not JobState.PARKED
        ]

    @property
    def workers(self) -> str:
        """Who runs the jobs, as far as this machine knows."""
        if paused_at := self.paused_at:
            return _("Paused since %(when)s. No job begins until you resume.", when=near(paused_at))
        since = living(current_app.extensions["fallow"].config.data)
        if not since:
            return _("No worker runs on this machine.")
        up = span(now() - since[0])
        return ngettext("One worker, up %(up)s.", "%(n)s workers, the first up %(up)s.", len(since), up=up)

    def title(self, job: Job) -> str:
        """The periodic task's title, or the task's name."""
        known = self._periodics.get(job.task)
        return known.title if known else job.task

    def plugin(self, job: Job) -> str:
        return plugin_title(job.task)

    def reason(self, job: Job) -> str:
        return last_line(job.error or "")

    def when(self, job: Job) -> str:
        """The time that matters for a job that has not ended."""
        return _running_for(job) if job.state is JobState.RUNNING else near(job.run_at)

    def job_of(self, run: TaskRun | None) -> Job | None:
        """The job of a run that goes on."""
        going = (job for job in self.jobs[JobState.RUNNING] if run and job.id == run.job_id)
        return next(going, None)

    def _some(self, state: JobState) -> Sequence[Job]:
        wanted = self.filter.state or (state if state is not JobState.DONE else None)
        if state is not wanted:
            return []
        return db.session.scalars(listing.jobs(state, self.filter.task or None).limit(SHOWN)).all()


def progress(job: Job) -> str:
    """“300 of 1,000”, “300 done”; nothing where the job does not say."""
    if job.progress is None:
        return ""
    if not job.progress_of:
        return _("%(n)s done", n=f"{job.progress:,}")
    return _("%(n)s of %(of)s", n=f"{job.progress:,}", of=f"{job.progress_of:,}")


def _of_first(state: JobState, words: Callable[[Job], str]) -> str:
    first = db.session.scalar(listing.jobs(state).limit(1))
    return words(first) if first else ""


def _running_for(job: Job) -> str:
    return _("for %(span)s", span=span(now() - (job.started_at or now())))


def _facts() -> Sequence[tuple[JobState, str, Callable[[Job], str]]]:
    """State, name, and what is said of the first job in that state."""
    return (
        (JobState.WAITING, _("Waiting"), lambda job: _("oldest %(span)s", span=span(now() - job.run_at))),
        (JobState.SCHEDULED, _("Scheduled"), lambda job: _("next %(when)s", when=near(job.run_at))),
        (JobState.RUNNING, _("Running"), _running_for),
        (JobState.FAILED, _("Failed"), lambda job: _("last %(when)s", when=near(job.finished_at or job.run_at))),
        (JobState.PARKED, _("Parked"), lambda job: _("for %(plugin)s", plugin=plugin_title(job.task))),
    )
