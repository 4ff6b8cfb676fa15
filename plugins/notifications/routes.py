"""The pages: the list, the bell and its tray, and the marks that something was read."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host import current_user, db, from_htmx
from plugins.notifications import bell
from plugins.notifications.models import TOPIC, about, one_of, read_all
from plugins.notifications.notes import notes, page

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


def _read() -> ResponseReturnValue:
    """The parts of the page that show what is unread ask again."""
    db.session.commit()
    if from_htmx():
        return Response(status=204, headers={"HX-Trigger": f"live:{TOPIC}"})
    return redirect(url_for("notifications.index"), 303)
