"""Cards: adding one, its page, its words."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, pre_load

from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.models import Board, Card, Comment
from host.models.overtaken import Overtaken
from host.permissions import may_delete, require
from host.web import boards
from host.web.boardview import BoardView
from host.web.cardpage import CardPage
from host.web.forms import Form, from_htmx, load_form
from host.web.login import current_user
from host.web.narrowing import narrowing
from host.web.redraw import column_key, columns
from host.web.undo import flash_undo
from host.web.unheard import flash_unheard

bp = Blueprint("cards", __name__)


class CardForm(Form):
    title = fields.Str(load_default="")
    column = fields.Int(load_default=None)


class WordsForm(Form):
    title = fields.Str(load_default="")
    description = fields.Str(load_default="")
    was = fields.Str(load_default="")


class DueForm(Form):
    due_on = fields.Date(load_default=None, allow_none=True)

    @pre_load
    def _empty_is_none(self, sent: dict[str, Any], **_more: Any) -> dict[str, Any]:
        return {name: value or None for name, value in sent.items()}


@bp.post("/boards/<int:board_id>/cards")
def create(board_id: int) -> ResponseReturnValue:
    board = current_user.board(board_id)
    given = load_form(CardForm)
    column = None if given["column"] is None else board.column(given["column"])
    try:
        card = board.add_card(given["title"], by=current_user, column=column)
    except Invalid as invalid:
        db.session.rollback()
        return _refused(board, given, invalid)
    db.session.commit()
    key = column_key(card)
    if from_htmx():
        view = BoardView(board, current_user, adding=key, narrowing=narrowing(current_user))
        return columns(view, [key], _("Card %(number)s added.", number=card.number))
    return redirect(url_for("boards.show", id=board_id, add=given["column"], _anchor=f"card-{card.number}"), 303)


def _refused(board: Board, given: Mapping[str, Any], invalid: Invalid) -> ResponseReturnValue:
    """The title goes back into the form it came from, with what is wrong with it."""
    key = "maybe" if given["column"] is None else str(given["column"])
    if from_htmx():
        view = BoardView(board, current_user, adding=key, narrowing=narrowing(current_user))
        answer = columns(view, [key], invalid.message, typed=given["title"], errors=invalid.errors)
        answer.status_code = invalid.status
        return answer
    return boards.page(board, key, typed=given["title"], errors=invalid.errors), invalid.status


@bp.get("/cards/<int:number>")
def show(number: int) -> ResponseReturnValue:
    return page(current_user.card_or_draft(number), editing="edit" in request.args)


@bp.post("/cards/<int:number>")
def update(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    given, before = load_form(WordsForm), card.description
    try:
        card.reword(given["title"], given["description"], current_user, was=given["was"])
    except Overtaken as overtaken:
        db.session.rollback()
        return _overtaken(number, overtaken)
    except Invalid as invalid:
        db.session.rollback()
        refused = page(current_user.card(number), editing=True, typed=request.form, errors=invalid.errors)
        return refused, invalid.status
    flash_unheard(card.description, card.board, before=before)
    db.session.commit()
    return redirect(url_for("cards.show", number=number), 303)


def _overtaken(number: int, overtaken: Overtaken) -> ResponseReturnValue:
    """Both texts: the one as it stands, and below it what was typed, which may be saved all the same."""
    card = current_user.card(number)
    typed = {**request.form, "was": card.words_version}
    errors = {"words": [overtaken.message, _("Take over what you want to keep, then save again.")]}
    return page(card, editing=True, typed=typed, errors=errors), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("/cards/<int:number>/delete")
def delete(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    require(may_delete(current_user, card))
    card.remove(current_user)
    db.session.commit()
    flash_undo(_("Card %(number)s is gone.", number=number), url_for("cards.restore", number=number))
    return redirect(url_for("boards.show", id=card.board_id), 303)


@bp.post("/cards/<int:number>/restoration")
def restore(number: int) -> ResponseReturnValue:
    """Take back that it was deleted."""
    card = current_user.removed_card(number)
    require(may_delete(current_user, card))
    card.bring_back()
    db.session.commit()
    return redirect(url_for("cards.show", number=number), 303)


@bp.post("/cards/<int:number>/due")
def date(number: int) -> ResponseReturnValue:
    """Set the day by which it is to be done; an empty one takes it away."""
    card = current_user.card_or_draft(number)
    try:
        card.set_due(load_form(DueForm)["due_on"], current_user)
    except Invalid as invalid:
        return page(card, typed=request.form, errors=invalid.errors), invalid.status
    db.session.commit()
    return redirect(url_for("cards.show", number=number), 303)


@bp.post("/cards/<int:number>/duplicate")
def duplicate(number: int) -> ResponseReturnValue:
    card = current_user.card(number).duplicate(current_user)
    db.session.commit()
    flash(_("This is a copy of card %(number)s.", number=number))
    return redirect(url_for("cards.show", number=card.number), 303)


def page(
    card: Card,
    *,
    typed: object = None,
    errors: object = None,
    editing: bool = False,
    rewording: Comment | None = None,
) -> str:
    """The card's page; `typed` and `errors` bring refused words back into their form. `rewording` is a comment that
    stands in a form."""
    template = "cards/draft.html" if card.drafted else "cards/show.html"
    context = {"card": card, "view": CardPage(card, current_user), "editing": editing, "rewording": rewording}
    return render_template(template, **context, typed=typed or {}, errors=errors or {})
