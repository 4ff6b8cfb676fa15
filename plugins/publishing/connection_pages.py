"""The page of connections: how each stands, whose it is, when it likes to publish."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host import Fault, Invalid, NotFound, _, current_user, db, ngettext, schedule
from plugins.publishing import planning
from plugins.publishing.connection import Connection
from plugins.publishing.platforms import platforms
from plugins.publishing.slot import DAYS, Slot, read_time
from plugins.publishing.standing import gone, standings, waiting_for

MONDAY = date(2024, 1, 1)

bp = Blueprint("publishing_connections", __name__)


@bp.get("/connections")
def index() -> ResponseReturnValue:
    return _page()


@bp.post("/connections/<int:id>/sharing")
def share(id: int) -> ResponseReturnValue:  # noqa: A002
    Connection.one_of(current_user, id).share(current_user)
    return _kept()


@bp.post("/connections/<int:id>/sharing/delete")
def keep_private(id: int) -> ResponseReturnValue:  # noqa: A002
    Connection.one_of(current_user, id).keep_private(current_user)
    return _kept()


@bp.post("/connections/<int:id>/delete")
def disconnect(id: int) -> ResponseReturnValue:  # noqa: A002
    connection = Connection.one_of(current_user, id)
    connection.disconnect(current_user)
    waiting = waiting_for([connection]).get(connection.id, 0)
    said = _("%(handle)s is disconnected, and our keys to it are forgotten.", handle=connection.handle)
    if waiting:
        said += " " + ngettext("%(n)s post waits for it.", "%(n)s posts wait for it.", waiting)
    flash(said)
    return _kept()


@bp.post("/connections/<int:id>/release")
def release(id: int) -> ResponseReturnValue:  # noqa: A002
    """What held it was seen to elsewhere; its posts find out."""
    connection = Connection.one_of(current_user, id)
    connection.require_change(current_user)
    connection.release()
    connection.show()
    schedule(planning.sweep)
    flash(_("Its posts go out again. If it is not in order yet, they come back here."))
    return _kept()


@bp.post("/connections/<int:id>/slots")
def add_slot(id: int) -> ResponseReturnValue:  # noqa: A002
    connection = Connection.one_of(current_user, id)
    connection.require_change(current_user)
    try:
        new = read_time(request.form.get("weekday", ""), request.form.get("time", ""))
        Slot.replace(connection, [*Slot.times_of(connection), new])
    except Invalid as invalid:
        db.session.rollback()
        return _page(id, invalid), invalid.status
    return _kept()


@bp.post("/connections/<int:id>/slots/<int:slot_id>/delete")
def remove_slot(id: int, slot_id: int) -> ResponseReturnValue:  # noqa: A002
    connection = Connection.one_of(current_user, id)
    connection.require_change(current_user)
    left = [each for each in Slot.of(connection) if each.id != slot_id]
    if len(left) == len(Slot.of(connection)):
        raise NotFound(_("There is no such slot."))
    Slot.replace(connection, [(each.weekday, each.minute) for each in left])
    return _kept()


def _page(id: int = 0, refused: Fault | None = None) -> str:  # noqa: A002
    """With what is wrong about one connection's slots, beside it."""
    errors = {id: refused.errors} if isinstance(refused, Invalid) else {}
    return render_template(
        "publishing/connections.html",
        standings=standings(current_user),
        gone=gone(current_user),
        networks=[each for each in platforms().values() if each.door is not None],
        days=[(number, f"{MONDAY + timedelta(days=number):%A}") for number in range(DAYS)],
        errors=errors,
        typed=request.form,
    )


def _kept() -> ResponseReturnValue:
    db.session.commit()
    return redirect(url_for("publishing_connections.index"), 303)
