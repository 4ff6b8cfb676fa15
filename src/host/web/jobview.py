"""What the jobs page shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app

from host.clock import now
from host.db import db
from host.i18n import _, ngettext
from host.jobs import Job, JobState, health, history, listing
from host.jobs.known import periodics, plugin_title
from host.jobs.lock import living
from host.jobs.outcome import last_line
from host.web.jobchart import JobChart
from host.web.spans import near, span

SHOWN = 50
SPANS = {"24h": history.DAY, "7d": history.WEEK}
QUEUE = (JobState.RUNNING, JobState.WAITING, JobState.SCHEDULED, JobState.PARKED)


@dataclass(frozen=True)
class Fact:
    """A big number with a word below."""

    state: str
    name: str
    count: int
    more: str


class JobsView:
    """The page for one of the spans."""

    def __init__(self, chosen: str) -> None:
        self.chosen = chosen if chosen in SPANS else "24h"
        self.chart = JobChart(history.bars(SPANS[self.chosen]), SPANS[self.chosen])
        self.tasks = listing.tasks()
        self.counts = health.counts()
        self.jobs = {state: _some(state) for state in (*QUEUE, JobState.FAILED)}
        self._periodics = periodics()

    @property
    def failed(self) -> Sequence[Job]:
        return self.jobs[JobState.FAILED]

    @property
    def queue(self) -> list[Job]:
        """What has not ended: what runs first, what is parked last."""
        return [job for state in QUEUE for job in self.jobs[state]]

    @property
    def facts(self) -> list[Fact]:
        first = {state.value: jobs[0] for state, jobs in self.jobs.items() if jobs}
        return [
            Fact(state, name, int(self.counts[state]), words(first[state]) if state in first else "")
            for state, name, words in _facts()
        ]

    @property
    def workers(self) -> str:
        """Who runs the jobs, as far as this machine knows."""
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


def _some(state: JobState) -> Sequence[Job]:
    return db.session.scalars(listing.jobs(state).limit(SHOWN)).all()


def _running_for(job: Job) -> str:
    return _("for %(span)s", span=span(now() - (job.started_at or now())))


def _facts() -> Sequence[tuple[str, str, Callable[[Job], str]]]:
    """State, name, and what is said of the first job in that state."""
    return (
        ("waiting", _("Waiting"), lambda job: _("oldest %(span)s", span=span(now() - job.run_at))),
        ("scheduled", _("Scheduled"), lambda job: _("next %(when)s", when=near(job.run_at))),
        ("running", _("Running"), _running_for),
        ("failed", _("Failed"), lambda job: _("last %(when)s", when=near(job.finished_at or job.run_at))),
    )
