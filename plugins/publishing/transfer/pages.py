"""The pages on which posts are brought in from a file, and taken out into one."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host import Fault, Invalid, _, current_user, db, ngettext
from plugins.publishing.platforms import platforms
from plugins.publishing.transfer import columns
from plugins.publishing.transfer.batch import Import
from plugins.publishing.transfer.bringing import Wish
from plugins.publishing.transfer.export import KINDS, exported
from plugins.publishing.transfer.report import Report

MOST = 500  # posts: nobody else can write while they come in, which takes some seconds

bp = Blueprint("publishing_transfer", __name__)


@bp.get("/import")
def new() -> ResponseReturnValue:
    return _new()


@bp.post("/import")
def create() -> ResponseReturnValue:
    """Keep the file, and rehearse."""
    try:
        begun = _begun()
        _rehearse(begun)
        db.session.commit()
    except Invalid as invalid:
        db.session.rollback()
        return _new(invalid), invalid.status
    return _to(begun)


@bp.get("/import/<int:id>")
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    return _page(Import.one_of(current_user, id))


@bp.post("/import/<int:id>")
def update(id: int) -> ResponseReturnValue:  # noqa: A002
    """Read it otherwise, and rehearse again; or bring the posts in."""
    standing = Import.one_of(current_user, id)
    try:
        _choose(standing)
        if request.form.get("do") == "run":
            _tell(standing.run())
        else:
            standing.rehearse()
        db.session.commit()
    except Invalid as invalid:
        page = _page(standing, invalid)
        db.session.rollback()
        return page, invalid.status
    return _to(standing)


@bp.post("/import/<int:id>/undo")
def undo(id: int) -> ResponseReturnValue:  # noqa: A002
    standing = Import.one_of(current_user, id)
    try:
        gone, stayed = standing.undo()
        db.session.commit()
    except Fault as fault:
        db.session.rollback()
        flash(fault.message, "failed")
    else:
        flash(undone(gone, stayed))
    return _to(standing)


@bp.post("/import/<int:id>/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    """Forget a file of which nothing came."""
    standing = Import.one_of(current_user, id)
    if standing.is_open:
        standing.forget()
        db.session.commit()
    return redirect(url_for("publishing_transfer.new"), 303)


@bp.get("/export")
def export() -> ResponseReturnValue:
    kind = KINDS.get(request.args.get("format", "json"))
    if kind is None:
        raise Invalid({"format": [_("Posts are exported as CSV or as JSON.")]})
    answer = Response(exported(current_user, kind), mimetype=kind.mimetype)
    answer.headers["Content-Disposition"] = f"attachment; filename={kind.filename}"
    return answer


def undone(gone: int, stayed: int) -> str:
    said = ngettext("%(n)s post is gone again.", "%(n)s posts are gone again.", gone)
    if not stayed:
        return said
    more = ngettext("%(n)s stays: it was changed since, or is out.", "%(n)s stay: changed since, or out.", stayed)
    return f"{said} {more}"


def _begun() -> Import:
    """Raises Invalid."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid({"file": [_("Choose a file first.")]})
    begun = Import.begin(file.stream, file.filename, current_user)
    if begun.posts > MOST:
        said = _("A page takes at most %(n)s posts. Split the file, or use `fallow publishing import`.", n=MOST)
        raise Invalid({"file": [said]})
    return begun


def _rehearse(begun: Import) -> None:
    """What the columns mean may have to be said first."""
    try:
        begun.rehearse()
    except Invalid as invalid:
        if "columns" not in invalid.errors:
            raise


def _choose(standing: Import) -> None:
    meanings = {title: request.form[f"column-{place}"] for place, title in enumerate(standing.columns)
                if f"column-{place}" in request.form}  # fmt: skip
    wish = Wish.SCHEDULED if request.form.get("wish") == Wish.SCHEDULED.value else Wish.DRAFTS
    standing.choose(wish, leave_out="leave_out" in request.form, meanings=meanings)


def _tell(report: Report) -> None:
    if report.errors:
        flash(_("Nothing was brought in: see what is wrong below."), "failed")
    else:
        brought = report.count("draft") + report.count("scheduled")
        flash(ngettext("%(n)s post is here.", "%(n)s posts are here.", brought))


def _new(refused: Invalid | None = None) -> str:
    return render_template("publishing/import.html", errors=refused.errors if refused else {}, fields=columns.FIELDS)


def _page(standing: Import, refused: Invalid | None = None) -> str:
    errors = dict(refused.errors) if refused else {}
    if standing.is_open and not standing.report and not errors:
        errors = {"columns": [_("Say which column has the text.")]}
    meanings = [*columns.FIELDS, *(f"{kind}:{name}" for name in platforms() for kind in ("text", "time"))]
    meanings += [meaning for meaning in standing.columns.values() if meaning and meaning not in meanings]
    report = Report.of(standing.report)
    return render_template(
        "publishing/imported.html", batch=standing, report=report, errors=errors, meanings=meanings, Wish=Wish
    )


def _to(standing: Import) -> ResponseReturnValue:
    return redirect(url_for("publishing_transfer.show", id=standing.id), 303)
