"""Resting a card in Not now."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from host.db import db
from host.i18n import _
from host.web.login import current_user
from host.web.redraw import column_key, redraw

bp = Blueprint("postponements", __name__, url_prefix="/cards/<int:number>/postponement")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    before = column_key(card)
    card.postpone(current_user)
    db.session.commit()
    return redraw(card, before, _("Card %(number)s rests in Not now.", number=number))
