"""Cards: one by its number, its words, and the lists of them."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields

from host.api import cardlist
from host.api.blueprint import api_blueprint
from host.api.cardlist import CardQuery
from host.api.schemas import CardSchema
from host.db import db
from host.models import Card
from host.permissions import may_delete, require
from host.web.login import current_user

bp = api_blueprint("api_cards", __name__, description="Cards, by their number in the space")


class NewCard(Schema):
    title = fields.Str(required=True)
    description = fields.Str(load_default="")
    column = fields.Int(strict=True, load_default=None, allow_none=True, metadata={"description": "null: Maybe?"})


class CardChange(Schema):
    title = fields.Str()
    description = fields.Str()
    due_on = fields.Date(allow_none=True)
    was = fields.Str(
        load_default="", metadata={"description": "The words_version that you read; refused when it is another by now"}
    )


@bp.route("/cards")
class Cards(MethodView):
    @bp.arguments(CardQuery, location="query")
    @bp.response(200, CardSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """The cards of all boards that you see. Words that plugins add to a search narrow them further."""
        return cardlist.answer(args)


@bp.route("/boards/<int:id>/cards")
class BoardCards(MethodView):
    @bp.arguments(CardQuery, location="query")
    @bp.response(200, CardSchema(many=True))
    def get(self, args: dict[str, Any], id: int) -> Response:  # noqa: A002
        """The cards of a board, narrowed by the same words."""
        return cardlist.answer(args, Card.board_id == current_user.board(id).id)

    @bp.arguments(NewCard)
    @bp.response(201, CardSchema)
    def post(self, given: dict[str, Any], id: int) -> Card:  # noqa: A002
        """Add a card, in Maybe? or a column."""
        board = current_user.board(id)
        column = None if given["column"] is None else board.column(given["column"])
        card = board.add_card(given["title"], by=current_user, description=given["description"], column=column)
        db.session.commit()
        return card


@bp.route("/cards/<int:number>")
class OneCard(MethodView):
    @bp.response(200, CardSchema)
    def get(self, number: int) -> Card:
        """A card, or a draft of yours."""
        return current_user.card_or_draft(number)

    @bp.arguments(CardChange)
    @bp.response(200, CardSchema)
    def patch(self, given: dict[str, Any], number: int) -> Card:
        """Change its words."""
        card = current_user.card_or_draft(number)
        if card.drafted:
            card.jot(given.get("title", card.title), given.get("description", card.description))
        else:
            _change(card, given)
        if "due_on" in given:
            card.set_due(given["due_on"], current_user)
        db.session.commit()
        return card

    @bp.response(204)
    def delete(self, number: int) -> None:
        """Remove it; for ten minutes it can be restored, then it goes with all below it. A draft goes at once. For
        admins and its creator."""
        card = current_user.card_or_draft(number)
        require(may_delete(current_user, card))
        if card.drafted:
            card.discard()
        else:
            card.remove(current_user)
        db.session.commit()


@bp.route("/cards/<int:number>/restoration")
class Restorations(MethodView):
    @bp.response(200, CardSchema)
    def post(self, number: int) -> Card:
        """Bring back a card that was removed within the last ten minutes. For admins and its creator."""
        card = current_user.removed_card(number)
        require(may_delete(current_user, card))
        card.bring_back()
        db.session.commit()
        return card


@bp.route("/cards/<int:number>/duplicate")
class Duplicates(MethodView):
    @bp.response(201, CardSchema)
    def post(self, number: int) -> Card:
        """Make a card with the same words, steps and tags."""
        card = current_user.card(number).duplicate(current_user)
        db.session.commit()
        return card


def _change(card: Card, given: dict[str, Any]) -> None:
    title, description = given.get("title", card.title), given.get("description", card.description)
    card.reword(title, description, current_user, was=given["was"])
