"""Cards: lists, one by its number, and its words."""

from typing import Any

from flask import Response, request
from flask.views import MethodView
from marshmallow import Schema, fields, validate
from sqlalchemy import Select, select

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import PLACES, CardSchema
from host.db import db
from host.models import Assignment, Card, Place, Tag, Tagging
from host.permissions import require, visible
from host.plugging import filters
from host.web.login import current_user

bp = api_blueprint("api_cards", __name__, description="Cards, by their number in the space")

SORTS = {
    "last_active": (Card.last_active_at.desc(), Card.id.desc()),
    "created": (Card.created_at.desc(), Card.id.desc()),
    "number": (Card.number,),
}


class CardQuery(Paging):
    place = fields.Str(validate=validate.OneOf(PLACES))
    column = fields.Int()
    tag = fields.Str()
    assignee = fields.Int()
    q = fields.Str()
    sort = fields.Str(load_default="last_active", validate=validate.OneOf(SORTS))


class NewCard(Schema):
    title = fields.Str(required=True)
    description = fields.Str(load_default="")
    column = fields.Int(load_default=None, allow_none=True)


class CardChange(Schema):
    title = fields.Str()
    description = fields.Str()


@bp.route("/cards")
class Cards(MethodView):
    @bp.arguments(CardQuery, location="query")
    def get(self, args: dict[str, Any]) -> Response:
        return paged(listed(args), args, CardSchema())


@bp.route("/boards/<int:id>/cards")
class BoardCards(MethodView):
    @bp.arguments(CardQuery, location="query")
    def get(self, args: dict[str, Any], id: int) -> Response:  # noqa: A002
        board = current_user.board(id)
        return paged(listed(args).where(Card.board_id == board.id), args, CardSchema())

    @bp.arguments(NewCard)
    @bp.response(201, CardSchema)
    def post(self, given: dict[str, Any], id: int) -> Card:  # noqa: A002
        board = current_user.board(id)
        column = None if given["column"] is None else board.column(given["column"])
        card = board.add_card(given["title"], by=current_user, description=given["description"], column=column)
        db.session.commit()
        return card


@bp.route("/cards/<int:number>")
class OneCard(MethodView):
    @bp.response(200, CardSchema)
    def get(self, number: int) -> Card:
        return current_user.card(number)

    @bp.arguments(CardChange)
    @bp.response(200, CardSchema)
    def patch(self, given: dict[str, Any], number: int) -> Card:
        card = current_user.card(number)
        if "title" in given:
            card.rename(given["title"], current_user)
        if "description" in given:
            card.describe(given["description"], current_user)
        db.session.commit()
        return card

    @bp.response(204)
    def delete(self, number: int) -> None:
        card = current_user.card(number)
        require(current_user.is_admin or card.creator_id == current_user.id)
        card.delete(by=current_user)
        db.session.commit()


def listed(args: dict[str, Any]) -> Select[Card]:
    """The cards that this person may see and asked for."""
    cards = select(Card).where(visible(Card, current_user)).order_by(*SORTS[args["sort"]])
    if "place" in args:
        cards = cards.where(Card.place == Place(args["place"]))
    if "column" in args:
        cards = cards.where(Card.column_id == args["column"])
    if "q" in args:
        cards = cards.where(Card.title.icontains(args["q"], autoescape=True))
    if "tag" in args:
        tagged = (
            select(Tagging.card_id).join(Tag).where(Tag.account_id == current_user.account_id, Tag.title == args["tag"])
        )
        cards = cards.where(Card.id.in_(tagged))
    if "assignee" in args:
        cards = cards.where(Card.id.in_(select(Assignment.card_id).where(Assignment.user_id == args["assignee"])))
    return cards.where(*filters.conditions(request.args, current_user))
