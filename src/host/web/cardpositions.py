"""Where a card lies in a column that is ordered by hand."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from host.db import db
from host.i18n import _
from host.models import Card
from host.web.login import current_user
from host.web.redraw import column_key, redraw

bp = Blueprint("cardpositions", __name__, url_prefix="/cards/<int:number>/position")


@bp.post("")
def update(number: int) -> ResponseReturnValue:
    """`below` is the number of the card below which it is laid, or empty for the top."""
    card = current_user.card(number)
    card.lie_below(request.form.get("below", type=int))
    return _saved(card)


@bp.post("/up")
def rise(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    card.rise()
    return _saved(card)


@bp.post("/down")
def sink(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    card.sink()
    return _saved(card)


def _saved(card: Card) -> ResponseReturnValue:
    db.session.commit()
    place, count = card.lies
    if not place:
        return redraw(card, column_key(card), _("Card %(number)s was moved elsewhere.", number=card.number))
    said = _("Card %(number)s: now %(place)s of %(all)s from the top.", number=card.number, place=place, all=count)
    return redraw(card, column_key(card), said, place=place)
