"""Keeping a card: a click that counts as activity."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from host.db import db
from host.i18n import _
from host.web.login import current_user
from host.web.redraw import column_key, redraw

bp = Blueprint("keepings", __name__, url_prefix="/cards/<int:number>/keeping")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    card.keep(current_user)
    db.session.commit()
    return redraw(card, column_key(card), _("Card %(number)s is kept. Its clock starts again.", number=number))
