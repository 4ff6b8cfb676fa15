"""Jobs and periodic tasks, for whoever looks after the installation."""

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.local import LocalProxy

from host.db import db
from host.errors import Fault
from host.i18n import _, ngettext
from host.jobs import health, mending, pauses
from host.jobs.known import periodic
from host.jobs.periodic import run_now
from host.permissions import may_operate, operating, require
from host.web.errors import on_fault
from host.web.forms import back_to
from host.web.jobchart import sparkline
from host.web.jobfilter import JobFilter
from host.web.jobview import JobsView, progress
from host.web.login import current_user, signed_in
from host.web.spans import moment, near, took

bp = Blueprint("jobs", __name__)


@bp.get("/jobs")
def index() -> ResponseReturnValue:
    require(may_operate(current_user))
    view = JobsView(JobFilter.of(request.args))
    words = {"near": near, "moment": moment, "took": took, "progress": progress}
    return render_template("jobs/index.html", view=view, sparkline=sparkline, **words)


@bp.get("/jobs/dot")
def show_dot() -> ResponseReturnValue:
    """For the pages that are open: they ask when they are told that it changed."""
    require(may_operate(current_user))
    return render_template("jobs/_dot.html")


@bp.post("/jobs/retries")
def create_retries() -> ResponseReturnValue:
    require(may_operate(current_user))
    again = mending.retry_all(request.form.get("task") or None)
    if not again:
        return _done(_("None of these can be tried again."))
    return _begun(ngettext("%(n)s job runs again.", "%(n)s jobs run again.", again))


@bp.post("/jobs/pause")
def create_queue_pause() -> ResponseReturnValue:
    require(may_operate(current_user))
    pauses.pause_all(current_user)
    return _done(_("No job begins until you resume."))


@bp.post("/jobs/pause/delete")
def delete_queue_pause() -> ResponseReturnValue:
    require(may_operate(current_user))
    pauses.resume_all()
    return _done(_("Jobs run again."))


@bp.post("/jobs/<int:id>/retry")
def create_retry(id: int) -> ResponseReturnValue:  # noqa: A002
    require(may_operate(current_user))
    mending.retry(id)
    return _begun(_("Job %(id)s runs again.", id=id))


@bp.post("/jobs/<int:id>/run")
def create_job_run(id: int) -> ResponseReturnValue:  # noqa: A002
    require(may_operate(current_user))
    mending.bring_forward(id)
    return _begun(_("Job %(id)s runs.", id=id))


@bp.post("/jobs/<int:id>/discard")
def create_discard(id: int) -> ResponseReturnValue:  # noqa: A002
    require(may_operate(current_user))
    mending.discard(id)
    return _done(_("Job %(id)s is gone.", id=id))


@bp.post("/tasks/<name>/runs")
def create_run(name: str) -> ResponseReturnValue:
    require(may_operate(current_user))
    run_now(name, current_user)
    return _begun(_("“%(title)s” runs.", title=periodic(name).title))


@bp.post("/tasks/<name>/pause")
def create_pause(name: str) -> ResponseReturnValue:
    require(may_operate(current_user))
    pauses.pause(name, current_user)
    return _done(_("“%(title)s” is paused.", title=periodic(name).title))


@bp.post("/tasks/<name>/pause/delete")
def delete_pause(name: str) -> ResponseReturnValue:
    require(may_operate(current_user))
    pauses.resume(name)
    return _done(_("“%(title)s” runs by itself again.", title=periodic(name).title))


@bp.errorhandler(Fault)
def refused(fault: Fault) -> ResponseReturnValue:
    """The page may be older than what it shows: say so there, rather than on a page of errors."""
    if fault.status != Fault.status:
        return on_fault(fault)
    db.session.rollback()
    flash(fault.message, "failed")
    return back_to(url_for("jobs.index"))


@bp.app_context_processor
def dot() -> dict[str, object]:
    """`health` in the top bar; looked up where it is drawn, and not for each fragment."""
    return {"health": LocalProxy(_dot)}


def _dot() -> health.Dot | None:
    if "health_dot" not in g:
        g.health_dot = health.dot_where(operating(current_user)) if signed_in() and current_user.is_admin else None
    found: health.Dot | None = g.health_dot
    return found


def _begun(words: str) -> ResponseReturnValue:
    if pauses.all_paused_at():
        return _done(_("Jobs are paused. It runs once you resume."))
    return _done(words)


def _done(words: str) -> ResponseReturnValue:
    """Back to the page as it was filtered."""
    db.session.commit()
    flash(words)
    return back_to(url_for("jobs.index"))
