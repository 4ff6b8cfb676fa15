"""Posts moved in the calendar, one by hand or several at once, and moved back."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from host import Fault, Invalid, _, current_user, db, ngettext
from plugins.publishing import moving, undo
from plugins.publishing.calendar_pages import place_asked
from plugins.publishing.moving import Item, Was

MOST_DAYS = 3660

bp = Blueprint("publishing_moves", __name__)


@bp.post("/moves")
def create() -> ResponseReturnValue:
    """`item` names posts, each on a day; `do` says whether they move by `days`, to a `day`, or are taken back."""
    try:
        was = _act(_picked())
        db.session.commit()
    except Fault as fault:
        db.session.rollback()
        flash(fault.message, "failed")
    else:
        _tell(was)
    return _back()


@bp.post("/moves/undo")
def put_back() -> ResponseReturnValue:
    try:
        moving.put_back(undo.read(request.form.get("was", "")), current_user)
        db.session.commit()
    except Fault as fault:
        db.session.rollback()
        flash(fault.message, "failed")
    else:
        flash(_("As it was."))
    return _back()


def _picked() -> Sequence[Item]:
    items = [Item.read(text, current_user) for text in request.form.getlist("item")]
    if not items:
        raise Fault(_("Pick posts first."))
    return items


def _act(items: Sequence[Item]) -> Sequence[Was]:
    match request.form.get("do"):
        case "cancel":
            return moving.take_back(items, current_user)
        case "move":
            return moving.move(items, current_user, _days())
    return moving.place(items, current_user, _day())


def _days() -> int:
    """How far they move. Raises Invalid."""
    days = request.form.get("days", 0, type=int)
    if not days or abs(days) > MOST_DAYS:
        raise Invalid({"days": [_("Say by how many days.")]})
    return days


def _day() -> date:
    """To which they move. Raises Invalid."""
    try:
        return date.fromisoformat(request.form.get("day", ""))
    except ValueError as error:
        raise Invalid({"day": [_("Choose a day.")]}) from error


def _tell(was: Sequence[Was]) -> None:
    if request.form.get("do") == "cancel":
        text = ngettext("%(n)s post is taken back.", "%(n)s posts are taken back.", len(was))
    else:
        text = ngettext("%(n)s post has moved.", "%(n)s posts have moved.", len(was))
    kept = undo.written(was)
    if len(kept) > undo.LONGEST:
        flash(text)
        return
    drawn = render_template("publishing/_undo.html", text=text, was=kept, place=place_asked())
    flash(Markup(drawn))  # noqa: S704 -- the template has escaped its values


def _back() -> ResponseReturnValue:
    return redirect(url_for("publishing.index", **place_asked()), 303)
