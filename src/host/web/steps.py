"""A card's checklist."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from host.db import db
from host.errors import Invalid
from host.web import cards
from host.web.login import current_user

bp = Blueprint("steps", __name__, url_prefix="/cards/<int:number>/steps")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    text = request.form.get("text", "")
    try:
        card.add_step(text)
    except Invalid as invalid:
        return cards.page(card, typed={"text": text}, errors=invalid.errors), invalid.status
    db.session.commit()
    return _back(number)


@bp.post("/<int:id>")
def update(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    """Tick it, or open it again."""
    current_user.card(number).step(id).tick(done=request.form.get("done") == "1")
    db.session.commit()
    return _back(number)


@bp.post("/<int:id>/delete")
def delete(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    card = current_user.card(number)
    card.steps.remove(card.step(id))
    db.session.commit()
    return _back(number)


def _back(number: int) -> Response:
    return redirect(url_for("cards.show", number=number, _anchor="steps"), 303)
