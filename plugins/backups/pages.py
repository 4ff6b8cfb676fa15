"""Making a backup, taking it away, bringing and restoring one, from the panel."""

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from host import Fault, Shelf, _, bring, current_user, db, may_operate, require, restore, schedule
from plugins.backups import daily

SETTINGS = "/settings/plugin/backups/backups"

bp = Blueprint("backups", __name__)


@bp.post("/")
def create() -> ResponseReturnValue:
    """In a job, soon."""
    require(may_operate(current_user))
    schedule(daily.make, key="asked for")
    db.session.commit()
    flash(_("A backup is being made."))
    return redirect(SETTINGS, 303)


@bp.post("/brought")
def receive() -> ResponseReturnValue:
    """One that somebody has elsewhere; restoring it is another step."""
    require(may_operate(current_user))
    file = request.files.get("backup")
    try:
        kept = bring(file.stream) if file else None
    except Fault as fault:
        flash(fault.message, "failed")
    else:
        flash(_("Kept as %(name)s. Nothing is restored yet.", name=kept.name) if kept else _("Choose a file."))
    return redirect(SETTINGS, 303)


@bp.get("/<name>/file")
def download(name: str) -> Response:
    """To keep it somewhere else."""
    require(may_operate(current_user))
    answer = send_file(Shelf().named(name).path, as_attachment=True)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/<name>/restoration")
def confirm(name: str) -> str:
    """What it means, before it is done."""
    require(may_operate(current_user))
    return _page(name)


@bp.post("/<name>/restoration")
def bring_back(name: str) -> ResponseReturnValue:
    """Here and now: a job would go with the database that it replaces."""
    require(may_operate(current_user))
    try:
        restored = restore(Shelf().named(name).path, request.form.get("passphrase") or None)
    except Fault as fault:
        return _page(name, wrong=fault.message), fault.status
    said = _("Restored. All jobs are paused: look at what is due, then resume them. What was here is kept as %(name)s.")
    flash(said % {"name": restored.before.name})
    if restored.lost:
        flash(_("Some secrets were sealed by another key: bring its encryption.key, or enter them anew."), "failed")
    return redirect("/jobs", 303)


def _page(name: str, wrong: str = "") -> str:
    return render_template("backups/restoration.html", kept=Shelf().named(name), wrong=wrong)
