"""Short answers to a card or a comment."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate
from werkzeug.wrappers import Response

from host.db import LARGEST, db
from host.errors import Invalid
from host.i18n import _
from host.web import cards
from host.web.forms import Form, load_form
from host.web.login import current_user
from host.web.undo import flash_undo

bp = Blueprint("reactions", __name__, url_prefix="/cards/<int:number>/reactions")


class ReactionForm(Form):
    content = fields.Str(load_default="")
    comment = fields.Int(load_default=None, validate=validate.Range(1, LARGEST))


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card, given = current_user.card(number), load_form(ReactionForm)
    comment = None if given["comment"] is None else card.said(given["comment"])
    try:
        card.react(given["content"], current_user, comment=comment)
    except Invalid as invalid:
        typed = {"reaction": given["content"], "reaction_to": given["comment"]}
        return cards.page(card, typed=typed, errors={"reaction": invalid.errors["content"]}), invalid.status
    db.session.commit()
    return _back(number, given["comment"])


@bp.post("/<int:id>/delete")
def delete(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    given = load_form(ReactionForm)
    current_user.card(number).take_reaction_back(id, current_user)
    db.session.commit()
    flash_undo(_("Your reaction is gone."), url_for("reactions.restore", number=number, id=id))
    return _back(number, given["comment"])


@bp.post("/<int:id>/restoration")
def restore(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    """Take back that it was taken back."""
    card = current_user.card(number)
    try:
        reaction = card.bring_back_reaction(id, current_user)
    except Invalid as invalid:
        flash(invalid.message, "failed")
        return cards.page(card), invalid.status
    db.session.commit()
    return _back(number, reaction.comment_id)


def _back(number: int, comment: int | None) -> Response:
    return redirect(url_for("cards.show", number=number, _anchor=f"comment-{comment}" if comment else "card"), 303)
