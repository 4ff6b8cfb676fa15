"""Writing a card at leisure: its draft is kept while one types, and nobody else sees it before it is published."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.models import Card
from host.web import cards
from host.web.forms import Form, from_htmx, load_form
from host.web.login import current_user
from host.web.unheard import flash_unheard

bp = Blueprint("drafts", __name__)


class NewDraftForm(Form):
    title = fields.Str(load_default="")
    column = fields.Int(load_default=None)


class DraftForm(Form):
    title = fields.Str(load_default="")
    description = fields.Str(load_default="")


@bp.post("/boards/<int:board_id>/draft")
def create(board_id: int) -> ResponseReturnValue:
    """Open the draft that there is, or a new one; what was typed on the board becomes the title of an empty one."""
    board, given = current_user.board(board_id), load_form(NewDraftForm)
    draft = board.draft(current_user, column=None if given["column"] is None else board.column(given["column"]))
    if not draft.title:
        draft.jot(given["title"], draft.description)
    db.session.commit()
    return _to(url_for("cards.show", number=draft.number))


@bp.post("/cards/<int:number>/draft")
def update(number: int) -> ResponseReturnValue:
    """Keep the words. A script does so while one types and wants no page."""
    try:
        _jotted(number)
    except Invalid as invalid:
        return _refused(number, invalid)
    db.session.commit()
    return ("", 204) if from_htmx() else redirect(url_for("cards.show", number=number), 303)


@bp.post("/cards/<int:number>/draft/delete")
def delete(number: int) -> ResponseReturnValue:
    card = current_user.card_or_draft(number)
    board_id = card.board_id
    card.discard()
    db.session.commit()
    return redirect(url_for("boards.show", id=board_id), 303)


@bp.post("/cards/<int:number>/publication")
def publish(number: int) -> ResponseReturnValue:
    """Keep the words, and publish the card. With `another` the next draft is opened."""
    try:
        card = _jotted(number)
        column = card.column
        card.publish(current_user)
    except Invalid as invalid:
        return _refused(number, invalid)
    flash_unheard(card.description, card.board)
    another = card.board.draft(current_user, column=column) if "another" in request.form else None
    db.session.commit()
    if another:
        flash(_("Card %(number)s added.", number=number))
        return redirect(url_for("cards.show", number=another.number), 303)
    return redirect(url_for("boards.show", id=card.board_id, _anchor=f"card-{number}"), 303)


def _jotted(number: int) -> Card:
    """The draft with the words that were sent."""
    card, given = current_user.card_or_draft(number), load_form(DraftForm)
    card.jot(given["title"], given["description"])
    return card


def _refused(number: int, invalid: Invalid) -> ResponseReturnValue:
    """The words go back into their form."""
    db.session.rollback()
    return cards.page(current_user.card_or_draft(number), typed=request.form, errors=invalid.errors), invalid.status


def _to(address: str) -> ResponseReturnValue:
    """To another page, also for the script that adds cards on the board."""
    return ("", 204, {"HX-Redirect": address}) if from_htmx() else redirect(address, 303)
