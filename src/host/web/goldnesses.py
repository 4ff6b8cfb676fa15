"""Making a card golden, or plain again."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from host.db import db
from host.i18n import _
from host.web.login import current_user
from host.web.redraw import column_key, redraw

bp = Blueprint("goldnesses", __name__, url_prefix="/cards/<int:number>/goldness")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    card.gild(current_user)
    db.session.commit()
    return redraw(card, column_key(card), _("Card %(number)s is golden.", number=number))


@bp.post("/delete")
def delete(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    card.gild(current_user, golden=False)
    db.session.commit()
    return redraw(card, column_key(card), _("Card %(number)s is a plain card.", number=number))
