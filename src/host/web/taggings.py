"""Tags on a card."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import Invalid
from host.web import cards
from host.web.forms import back_to
from host.web.login import current_user

bp = Blueprint("taggings", __name__, url_prefix="/cards/<int:number>/taggings")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    title = request.form.get("tag", "")
    try:
        card.tag(title)
    except Invalid as invalid:
        return cards.page(card, typed={"tag": title}, errors=invalid.errors), invalid.status
    db.session.commit()
    return back_to(url_for("cards.show", number=number))


@bp.post("/delete")
def delete(number: int) -> ResponseReturnValue:
    current_user.card(number).untag(request.form.get("tag", ""))
    db.session.commit()
    return back_to(url_for("cards.show", number=number))
