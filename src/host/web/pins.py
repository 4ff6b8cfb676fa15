"""Cards that one keeps at hand: pinning one, and the list of them."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.models import Card, Pin
from host.web.cardview import with_boards
from host.web.forms import back_to
from host.web.login import current_user

SHOWN = 20

bp = Blueprint("pins", __name__)


@bp.get("/pins")
def index() -> ResponseReturnValue:
    pinned = Pin.cards(current_user, SHOWN).with_only_columns(Card.id)
    return render_template("cards/pins.html", cards=with_boards(pinned))


@bp.post("/cards/<int:number>/pin")
def create(number: int) -> ResponseReturnValue:
    Pin.put(current_user.card(number), current_user)
    return _saved(number)


@bp.post("/cards/<int:number>/pin/delete")
def delete(number: int) -> ResponseReturnValue:
    Pin.take(current_user.card(number), current_user)
    return _saved(number)


def _saved(number: int) -> ResponseReturnValue:
    db.session.commit()
    return back_to(url_for("cards.show", number=number))
