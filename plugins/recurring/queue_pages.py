"""The pages of queues: all of them with the form of a new one, and each with its runs."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from host import Fault, NavItem, _, current_user, db, short_day
from plugins.recurring import changing
from plugins.recurring.editor import Editor
from plugins.recurring.history import History
from plugins.recurring.overview import Overview
from plugins.recurring.queue import Queue, Status

LOOK = "look"  # what a form asks in `do`: not to keep anything yet
MOST_PAGES = 10_000

bp = Blueprint("recurring", __name__)


@bp.get("")
def index() -> ResponseReturnValue:
    return overview_page(Editor.new(current_user, _named()))


@bp.get("/queues")
def queues() -> ResponseReturnValue:
    """Where a form that was refused has left its reader."""
    return redirect(url_for("recurring.index"))


@bp.post("/queues")
def create() -> ResponseReturnValue:
    editor = Editor.new(current_user, request.form.get("what", "")).typed(request.form)
    if request.form.get("do") == LOOK:
        return overview_page(editor)
    if editor.fault:
        return overview_page(editor), editor.fault.status
    sheet = editor.sheet
    try:
        queue = changing.create(sheet.kind, sheet.named, sheet.plan(), current_user)
        db.session.commit()
    except Fault as fault:
        db.session.rollback()
        return overview_page(editor.refused(fault)), fault.status
    flash(_("Sown. It runs first on %(day)s.", day=short_day(queue.next_time)) if queue.next_time else _("Sown."))
    return redirect(url_for("recurring.index", _anchor=f"queue-{queue.id}"), 303)


@bp.get("/queues/<int:id>")
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    queue = Queue.one_of(current_user, id)
    return queue_page(queue, Editor.of(current_user, queue))


@bp.post("/queues/<int:id>")
def update(id: int) -> ResponseReturnValue:  # noqa: A002
    queue = Queue.to_change(current_user, id)
    editor = Editor.of(current_user, queue).typed(request.form)
    if request.form.get("do") == LOOK:
        return queue_page(queue, editor)
    if editor.fault:
        return queue_page(queue, editor), editor.fault.status
    try:
        said = changing.update(queue, editor.sheet.plan(), current_user)
        db.session.commit()
    except Fault as fault:
        db.session.rollback()
        return queue_page(queue, editor.refused(fault)), fault.status
    flash(f"{_('Saved.')} {said}".strip())
    return back(queue)


@bp.post("/effect")
def effect_of_new() -> ResponseReturnValue:
    """What a queue would do that is being typed."""
    return _effect(Editor.new(current_user, request.form.get("what", "")))


@bp.post("/queues/<int:id>/effect")
def effect_of_change(id: int) -> ResponseReturnValue:  # noqa: A002
    queue = Queue.one_of(current_user, id)
    queue.require_change(current_user)
    return _effect(Editor.of(current_user, queue))


def overview_page(editor: Editor) -> str:
    page = min(max(0, request.args.get("page", 0, type=int)), MOST_PAGES)
    overview = Overview(current_user, _status(), page)
    return render_template("recurring/index.html", overview=overview, editor=editor)


def queue_page(queue: Queue, editor: Editor) -> str:
    history = History(queue, current_user, _before())
    return render_template("recurring/show.html", history=history, row=history.row, editor=editor)


def back(queue: Queue) -> Response:
    return redirect(url_for("recurring.show", id=queue.id), 303)


def nav_item() -> NavItem:
    return NavItem(_("Queues"), "/recurring", icon="queue", weight=20)


def _effect(editor: Editor) -> str:
    return render_template("recurring/_effect.html", editor=editor.typed(request.form))


def _named() -> str:
    """`?post=12` and `?card=7` say what is to be repeated."""
    return next((f"{kind}:{request.args[kind]}" for kind in ("post", "card") if kind in request.args), "")


def _status() -> Status | None:
    try:
        return Status(request.args.get("status", ""))
    except ValueError:
        return None


def _before() -> datetime | None:
    """None for what is no moment, or none that a calendar holds."""
    try:
        moment = datetime.fromisoformat(request.args.get("before", ""))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
