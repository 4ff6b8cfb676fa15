"""Lists of cards: which ones, and in what order."""

from typing import Any

from flask import Response, request
from marshmallow import fields, validate
from sqlalchemy import ColumnElement, Select, select

from host.api.paging import Paging, paged
from host.api.schemas import CARD_WHOLE, IDS, PLACES, CardSchema
from host.models import Assignment, Card, Place, Tag, Tagging
from host.models.tag import normal
from host.models.typed import line
from host.permissions import visible
from host.plugging import filters
from host.web.login import current_user

SORTS = {
    "last_active": (Card.last_active_at.desc(), Card.id.desc()),
    "created": (Card.created_at.desc(), Card.id.desc()),
    "number": (Card.number,),
}


class CardQuery(Paging):
    place = fields.Str(validate=validate.OneOf(PLACES))
    column = fields.Int(validate=IDS)
    tag = fields.Str()
    assignee = fields.Int(validate=IDS)
    q = fields.Str(metadata={"description": "Words of the title"})
    sort = fields.Str(load_default="last_active", validate=validate.OneOf(SORTS))


def answer(args: dict[str, Any], *conditions: ColumnElement[bool]) -> Response:
    """One page of the cards that this person may see and asked for."""
    return paged(_asked_for(args).where(*conditions).options(*CARD_WHOLE), args, CardSchema())


def _asked_for(args: dict[str, Any]) -> Select[Card]:
    cards = select(Card).where(visible(Card, current_user)).order_by(*SORTS[args["sort"]])
    if "place" in args:
        cards = cards.where(Card.place == Place(args["place"]))
    if "column" in args:
        cards = cards.where(Card.column_id == args["column"])
    if "q" in args:
        cards = cards.where(Card.title.icontains(line(args["q"]), autoescape=True))
    if "tag" in args:
        tag = select(Tag.id).filter_by(account_id=current_user.account_id, title=normal(args["tag"]))
        cards = cards.where(Card.id.in_(select(Tagging.card_id).where(Tagging.tag_id.in_(tag))))
    if "assignee" in args:
        cards = cards.where(Card.id.in_(select(Assignment.card_id).where(Assignment.user_id == args["assignee"])))
    return cards.where(*filters.conditions(request.args, current_user))
