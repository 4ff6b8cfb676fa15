"""Closing puts a card in Done; reopening takes it out."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from host.db import db
from host.i18n import _
from host.web.login import current_user
from host.web.redraw import column_key, redraw

bp = Blueprint("closures", __name__, url_prefix="/cards/<int:number>/closure")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    before = column_key(card)
    card.close(current_user)
    db.session.commit()
    return redraw(card, before, _("Card %(number)s is done.", number=number))


@bp.post("/delete")
def delete(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    before = column_key(card)
    card.reopen(current_user)
    db.session.commit()
    return redraw(card, before, _("Card %(number)s is open again.", number=number))
