"""Saying something on a card."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.errors import Invalid
from host.web import cards
from host.web.login import current_user

bp = Blueprint("comments", __name__)


@bp.post("/cards/<int:number>/comments")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    body = request.form.get("body", "")
    try:
        comment = card.comment(body, current_user)
    except Invalid as invalid:
        return cards.page(card, typed={"body": body}, errors=invalid.errors), invalid.status
    db.session.commit()
    return redirect(url_for("cards.show", number=number, _anchor=f"comment-{comment.id}"), 303)
