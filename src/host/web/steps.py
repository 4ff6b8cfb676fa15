"""A card's checklist."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate
from werkzeug.wrappers import Response

from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.web import cards
from host.web.forms import Form, load_form
from host.web.login import current_user
from host.web.undo import flash_undo

bp = Blueprint("steps", __name__, url_prefix="/cards/<int:number>/steps")

MOST = 1_000_000  # more steps than any card has


class PositionForm(Form):
    to = fields.Int(required=True, validate=validate.Range(0, MOST))


@bp.post("")
def create(number: int) -> ResponseReturnValue:
    card = current_user.card_or_draft(number)
    text = request.form.get("text", "")
    try:
        card.add_step(text, by=current_user)
    except Invalid as invalid:
        return cards.page(card, typed={"text": text}, errors=invalid.errors), invalid.status
    db.session.commit()
    return _back(number)


@bp.post("/<int:id>")
def update(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    """Tick it, or open it again."""
    current_user.card_or_draft(number).step(id).tick(done=request.form.get("done") == "1")
    db.session.commit()
    return _back(number)


@bp.get("/<int:id>")
def edit(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    """The card's page with the step in a form."""
    card = current_user.card_or_draft(number)
    step = card.step(id)
    return cards.page(card, typed={"step": id, "reworded_step": step.text})


@bp.post("/<int:id>/text")
def reword(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    card = current_user.card_or_draft(number)
    step, text = card.step(id), request.form.get("text", "")
    try:
        card.reword_step(step, text, current_user)
    except Invalid as invalid:
        typed, errors = {"step": id, "reworded_step": text}, {"reworded_step": invalid.errors.get("text", ())}
        return cards.page(card, typed=typed, errors={**invalid.errors, **errors, "text": ()}), invalid.status
    db.session.commit()
    return _back(number)


@bp.post("/<int:id>/position")
def move(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    """Put it where another lies: `to` is that one's index."""
    card = current_user.card_or_draft(number)
    card.move_step(card.step(id), load_form(PositionForm)["to"])
    db.session.commit()
    return _back(number)


@bp.post("/<int:id>/delete")
def delete(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    card = current_user.card_or_draft(number)
    card.remove_step(card.step(id))
    db.session.commit()
    flash_undo(_("The step is gone."), url_for("steps.restore", number=number, id=id))
    return _back(number)


@bp.post("/<int:id>/restoration")
def restore(number: int, id: int) -> ResponseReturnValue:  # noqa: A002
    """Take back that it was removed."""
    current_user.card_or_draft(number).bring_back_step(id)
    db.session.commit()
    return _back(number)


def _back(number: int) -> Response:
    return redirect(url_for("cards.show", number=number, _anchor="steps"), 303)
