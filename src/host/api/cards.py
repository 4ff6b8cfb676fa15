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
from host.permissions import require
from host.web.login import current_user

bp = api_blueprint("api_cards", __name__, description="Cards, by their number in the space")


class NewCard(Schema):
    title = fields.Str(required=True)
    description = fields.Str(load_default="")
    column = fields.Int(strict=True, load_default=None, allow_none=True, metadata={"description": "null: Maybe?"})


class CardChange(Schema):
    title = fields.Str()
    description = fields.Str()


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
        """A card."""
        return current_user.card(number)

    @bp.arguments(CardChange)
    @bp.response(200, CardSchema)
    def patch(self, given: dict[str, Any], number: int) -> Card:
        """Change its words."""
        card = current_user.card(number)
        if "title" in given:
            card.rename(given["title"], current_user)
        if "description" in given:
            card.describe(given["description"], current_user)
        db.session.commit()
        return card

    @bp.response(204)
    def delete(self, number: int) -> None:
        """Remove it and all below it. For admins and its creator."""
        card = current_user.card(number)
        require(current_user.is_admin or card.creator_id == current_user.id)
        card.delete(by=current_user)
        db.session.commit()
