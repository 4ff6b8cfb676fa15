"""Moving a card into a column, or back to Maybe?."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import NotFound
from host.i18n import _
from host.web.login import current_user
from host.web.redraw import column_key, redraw

bp = Blueprint("triages", __name__, url_prefix="/cards/<int:number>/triage")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    before = column_key(card)
    id = request.form.get("column", type=int)  # noqa: A001
    if id is None:
        raise NotFound(_("There is no such column on this board."))
    column = card.board.column(id)
    if "below" in request.form and column.by_hand:
        card.triage_below(request.form.get("below", type=int), column, current_user)
    else:
        card.triage_into(column, current_user)
    db.session.commit()
    return redraw(card, before, _("Card %(number)s is in %(column)s.", number=number, column=column.name))


@bp.post("/delete")
def delete(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    before = column_key(card)
    card.send_back_to_triage(current_user)
    db.session.commit()
    return redraw(card, before, _("Card %(number)s is back in Maybe?.", number=number))
