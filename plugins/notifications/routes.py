"""The pages: the list, the bell and its tray, and the marks that something was read."""

from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host import back_to, current_user, db, from_htmx, now
from plugins.notifications import bell, muting
from plugins.notifications.desktop import MOST_AT_ONCE, shown
from plugins.notifications.models import TOPIC, about, for_desktop, one_of, read_all
from plugins.notifications.notes import notes, page
from plugins.notifications.preferences import Preferences

IN_TRAY = 20
LAST_PAGE = 1_000_000

bp = Blueprint("notifications", __name__)


@bp.get("")
def index() -> ResponseReturnValue:
    number = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    return render_template("notifications/index.html", page=page(current_user, number))


@bp.get("/tray")
def tray() -> ResponseReturnValue:
    return render_template("notifications/_tray.html", page=page(current_user, per_page=IN_TRAY))


@bp.get("/bell")
def count() -> ResponseReturnValue:
    item = bell.for_person(current_user)
    return render_template("notifications/_bell.html", item=item, **item.context)


@bp.get("/desktop")
def desktop() -> ResponseReturnValue:
    """What an open page is to show outside of itself, as JSON: what was told after `since`, and how far that goes."""
    since = _moment(request.args.get("since", ""))
    told = db.session.scalars(for_desktop(current_user, since).limit(MOST_AT_ONCE)).all()
    until = max((each.updated_at for each in told), default=since)
    told_now = [] if Preferences.of(current_user).is_quiet else notes(current_user, told)
    return jsonify(until=until.isoformat(), notes=[shown(note) for note in told_now])


@bp.post("/<int:id>/opening")
def open_one(id: int) -> ResponseReturnValue:  # noqa: A002
    """Read it and go where it leads."""
    told = one_of(current_user, id)
    told.read()
    url = notes(current_user, [told])[0].url
    db.session.commit()
    return redirect(url, 303)


@bp.post("/<int:id>/reading")
def read_one(id: int) -> ResponseReturnValue:  # noqa: A002
    one_of(current_user, id).read()
    return _read()


@bp.post("/<int:id>/reading/delete")
def unsee_one(id: int) -> ResponseReturnValue:  # noqa: A002
    one_of(current_user, id).unsee()
    return _read()


@bp.post("/readings")
def read_everything() -> ResponseReturnValue:
    read_all(current_user)
    return _read()


@bp.post("/cards/<int:number>/reading")
def read_card(number: int) -> ResponseReturnValue:
    """Whoever looks at a card has read what there is to say of it."""
    told = about(current_user.card(number), current_user)
    if told is not None:
        told.read()
    db.session.commit()
    return redirect(url_for("cards.show", number=number), 303)


@bp.post("/cards/<int:number>/mute")
def mute_card(number: int) -> ResponseReturnValue:
    muting.mute(current_user, current_user.card(number))
    db.session.commit()
    return back_to(url_for("cards.show", number=number))


@bp.post("/cards/<int:number>/mute/delete")
def unmute_card(number: int) -> ResponseReturnValue:
    muting.unmute(current_user, current_user.card(number))
    db.session.commit()
    return back_to(url_for("cards.show", number=number))


def _moment(text: str) -> datetime:
    """The moment, or this one where none was said."""
    try:
        said = datetime.fromisoformat(text)
        return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # the latter: not a time in UTC any more
        return now()


def _read() -> ResponseReturnValue:
    """The parts of the page that show what is unread ask again."""
    db.session.commit()
    if from_htmx():
        return Response(status=204, headers={"HX-Trigger": f"live:{TOPIC}"})
    return redirect(url_for("notifications.index"), 303)
