"""Cards: adding one, its page, its words."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.models import Board, Card
from host.permissions import require
from host.web import boards
from host.web.boardview import BoardView
from host.web.cardpage import CardPage
from host.web.forms import Form, from_htmx, load_form
from host.web.login import current_user
from host.web.narrowing import narrowing
from host.web.redraw import column_key, columns

bp = Blueprint("cards", __name__)


class CardForm(Form):
    title = fields.Str(load_default="")
    column = fields.Int(load_default=None)


class WordsForm(Form):
    title = fields.Str(load_default="")
    description = fields.Str(load_default="")


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
    return page(current_user.card(number), editing="edit" in request.args)


@bp.post("/cards/<int:number>")
def update(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    given = load_form(WordsForm)
    try:
        card.rename(given["title"], current_user)
        card.describe(given["description"], current_user)
    except Invalid as invalid:
        db.session.rollback()
        refused = page(current_user.card(number), editing=True, typed=request.form, errors=invalid.errors)
        return refused, invalid.status
    db.session.commit()
    return redirect(url_for("cards.show", number=number), 303)


@bp.post("/cards/<int:number>/delete")
def delete(number: int) -> ResponseReturnValue:
    card = current_user.card(number)
    board = card.board
    require(current_user.is_admin or card.creator_id == current_user.id)
    card.delete(by=current_user)
    db.session.commit()
    flash(_("Card %(number)s is gone.", number=number))
    return redirect(url_for("boards.show", id=board.id), 303)


def page(card: Card, *, typed: object = None, errors: object = None, editing: bool = False) -> str:
    """The card's page; `typed` and `errors` bring refused words back into their form."""
    context = {"card": card, "view": CardPage(card, current_user), "editing": editing}
    return render_template("cards/show.html", **context, typed=typed or {}, errors=errors or {})
