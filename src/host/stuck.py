"""Why jobs do not run, a sentence each: what `fallow doctor` says of the queue."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, case, func, select, text

from host.clock import now
from host.db import db
from host.finding import Finding
from host.i18n import _, ngettext
from host.jobs import Job, JobState, pauses
from host.jobs.job import AHEAD
from host.jobs.known import periodics, plugin_title
from host.jobs.limits import full_of, room_left, without
from host.jobs.lock import living

LONG = timedelta(minutes=2)  # a worker looks once a minute at the latest
MOST = 5  # named in one sentence


def why_stuck() -> Iterator[Finding]:
    """What keeps jobs from running, and what has failed; nothing when all is well. It writes nothing."""
    full = full_of(room_left())
    yield from _all_paused() or _nobody_begins(full)
    yield from _lanes()
    yield from _limits(full)
    yield from _paused()
    yield from _parked()
    yield from _failed()


def _all_paused() -> Sequence[Finding]:
    since = pauses.all_paused_at()
    if since is None:
        return ()
    says = _("All jobs have been paused for %(minutes)s min.", minutes=_minutes_since(since))
    return (Finding("worker", says, _("`fallow jobs resume` lets them run again.")),)


def _nobody_begins(full: Iterable[str]) -> Iterator[Finding]:
    """What nothing holds up: neither an earlier one of its lane nor its plugin's limit."""
    free = Job.lane.is_(None) | Job.id.in_(select(func.min(Job.id)).where(text(AHEAD)).group_by(Job.lane))
    oldest = db.session.scalar(select(func.min(Job.run_at)).where(_late(), free, *without(full)))
    if oldest is None:
        return
    minutes = _minutes_since(oldest)
    if not _some_worker_lives():
        says = _("Work has waited for %(minutes)s min, and no worker lives on this machine.", minutes=minutes)
        yield Finding("worker", says, _("Start `fallow`, `fallow serve` or `fallow worker`."))
    elif long := _running_long():
        names = ", ".join(_named(job) for job in long)
        says = _("Work has waited for %(minutes)s min while threads are kept by %(jobs)s.", minutes=minutes, jobs=names)
        yield Finding("worker", says, _("Wait for them, raise `threads`, or start one more `fallow worker`."))
    else:
        says = _("Work has waited for %(minutes)s min though a worker lives.", minutes=minutes)
        yield Finding("worker", says, _("Its log says what it does; start it again, or raise `threads`."))


def _lanes() -> Iterator[Finding]:
    behind = func.sum(case((_late(), 1), else_=0))
    held = select(func.min(Job.id), behind).where(text(AHEAD)).group_by(Job.lane).having(behind > 0)
    for first, count in db.session.execute(held.order_by(behind.desc()).limit(MOST)).all():
        job = db.session.get_one(Job, first)
        if job.shown_state is JobState.WAITING:  # it is held up itself, for a reason of its own
            continue
        waiting = ngettext("%(n)s job waits", "%(n)s jobs wait", count)
        says = _("%(waiting)s in a lane behind job %(job)s.", waiting=waiting, job=_named(job))
        yield Finding("lane", says, _remedy_of_first(job))


def _limits(full: Iterable[str]) -> Iterator[Finding]:
    for plugin in full:
        if waiting := _count(_late(), Job.belongs_to(plugin)):
            title, running = plugin_title(plugin), _count(_running(), Job.belongs_to(plugin))
            said = "%(title)s runs %(running)s at once, as many as it may, and %(n)s job waits."
            many = "%(title)s runs %(running)s at once, as many as it may, and %(n)s jobs wait."
            remedy = _("`fallow jobs list --state running --task %(plugin)s` shows what goes on.", plugin=plugin)
            yield Finding("limit", ngettext(said, many, waiting, title=title, running=running), remedy)


def _paused() -> Iterator[Finding]:
    for name in sorted(pauses.paused() & set(periodics())):
        says = _("%(name)s is paused.", name=name)
        yield Finding("tasks", says, _("`fallow tasks resume %(name)s` lets it run by itself again.", name=name))


def _parked() -> Iterator[Finding]:
    by_task = select(Job.task, func.count()).where(Job.state == JobState.PARKED).group_by(Job.task)
    plugins: dict[str, int] = {}
    for task, count in db.session.execute(by_task):
        plugin = task.partition(".")[0]
        plugins[plugin] = plugins.get(plugin, 0) + count
    for plugin, count in sorted(plugins.items()):
        said, many = "%(n)s job waits for the plugin %(plugin)s.", "%(n)s jobs wait for the plugin %(plugin)s."
        remedy = _("Switch it on, or see `fallow jobs list --state parked --task %(plugin)s`.", plugin=plugin)
        yield Finding("jobs", ngettext(said, many, count, plugin=plugin), remedy)


def _failed() -> Iterator[Finding]:
    if failed := _count(Job.state == JobState.FAILED):
        says = ngettext("%(n)s job failed.", "%(n)s jobs failed.", failed)
        yield Finding("jobs", says, _("See `fallow jobs list --state failed`, then `fallow jobs retry ID` or `--all`."))


def _some_worker_lives() -> bool:
    """Here, or elsewhere as far as its lease tells."""
    leased = Job.lease_until > now()
    return bool(living(current_app.extensions["fallow"].config.data)) or _count(_running(), leased) > 0


def _running_long() -> Sequence[Job]:
    long = Job.started_at <= now() - LONG
    return db.session.scalars(select(Job).where(_running(), long).order_by(Job.started_at).limit(MOST)).all()


def _remedy_of_first(job: Job) -> str:
    if job.state is JobState.RUNNING:
        return _("They follow when it has ended; its task's time limit ends it at the latest.")
    if job.state is JobState.PARKED:
        return _("Switch its plugin on, or `fallow jobs discard %(id)s`.", id=job.id)
    return _("They follow when it is done; `fallow jobs show %(id)s` says more, `discard` gives it up.", id=job.id)


def _named(job: Job) -> str:
    """“12 (barn.paint, running for 40 min)”."""
    since = job.started_at if job.state is JobState.RUNNING else None
    state = _("running for %(minutes)s min", minutes=_minutes_since(since)) if since else job.shown_state.value
    return f"{job.id} ({job.task}, {state})"


def _minutes_since(at: datetime) -> int:
    return int((now() - at) / timedelta(minutes=1))


def _late() -> ColumnElement[bool]:
    return (Job.state == JobState.WAITING) & (Job.run_at <= now() - LONG)


def _running() -> ColumnElement[bool]:
    return Job.state == JobState.RUNNING


def _count(*which: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Job).where(*which)) or 0
