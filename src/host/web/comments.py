"""Saying something on a card, putting it in other words, and taking it back."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.permissions import require_maker
from host.web import cards
from host.web.login import current_user
from host.web.undo import flash_undo
from host.web.unheard import flash_unheard

bp = Blueprint("comments", __name__, url_prefix="/cards/<int:number>/comments")


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    body = request.form.get("body", "")
    try:
        comment = card.comment(body, current_user)
    except Invalid as invalid:
        return cards.page(card, typed={"body": body}, errors=invalid.errors), invalid.status
    flash_unheard(comment.body, card.board)
    db.session.commit()
    return _back(number, comment.id)


@bp.get("/<int:id>")
def edit(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    """The card's page with the comment in a form."""
    card = current_user.card(number)
    comment = card.said(id)
    require_maker(comment.creator_id, current_user)
    return cards.page(card, rewording=comment, typed={"reworded": comment.body})


@bp.post("/<int:id>")
def update(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    card = current_user.card(number)
    comment = card.said(id)
    before, body = comment.body, request.form.get("body", "")
    try:
        comment.edit(body, current_user)
    except Invalid as invalid:
        errors = {"reworded": invalid.errors["body"]}
        return cards.page(card, rewording=comment, typed={"reworded": body}, errors=errors), invalid.status
    flash_unheard(comment.body, card.board, before=before)
    db.session.commit()
    return _back(number, id)


@bp.post("/<int:id>/delete")
def delete(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    current_user.card(number).said(id).remove(current_user)
    db.session.commit()
    flash_undo(_("Your comment is gone."), url_for("comments.restore", number=number, id=id))
    return redirect(url_for("cards.show", number=number, _anchor="talk"), 303)


@bp.post("/<int:id>/restoration")
def restore(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    """Take back that it was taken back."""
    current_user.card(number).taken_back(id, current_user).restore(current_user)
    db.session.commit()
    return _back(number, id)


def _back(number: int, id: int) -> Response:  # noqa: A002
    return redirect(url_for("cards.show", number=number, _anchor=f"comment-{id}"), 303)
