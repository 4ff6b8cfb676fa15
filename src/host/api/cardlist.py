"""Lists of cards: which ones, and in what order. The words are those of the pages' addresses (`host.filters`)."""

from typing import Any

from flask import Response, request
from marshmallow import fields, validate
from sqlalchemy import ColumnElement, Select, false, select

from host.api.paging import Paging, paged
from host.api.schemas import CARD_WHOLE, IDS, PLACES, CardSchema
from host.filters import BY_HAND, NOBODY, ORDERS, Due, Filter, Window
from host.filters.order import FIRST, PUT_AWAY
from host.models import Card, Goldness, Place
from host.models.card import AWAY
from host.permissions import visible
from host.web.login import current_user

GOLDEN = select(Goldness.id).where(Goldness.card_id == Card.id).exists()
SORTS = {**ORDERS, "created": ORDERS["newest"], "number": (Card.number,), "by_hand": (GOLDEN.desc(), *BY_HAND)}
ELSEWHERE = ("place", "column")  # a program asks for these in its own way


class SomeIds(fields.List[int]):
    """One or more, of which any will do."""

    def __init__(self, description: str) -> None:
        super().__init__(fields.Int(validate=IDS), metadata={"description": description})


def window(description: str) -> fields.Str:
    return fields.Str(validate=validate.OneOf(list(Window)), metadata={"description": description})


class CardQuery(Paging):
    """Of one word given several times any will do; of several words all must be met."""

    place = fields.List(fields.Str(validate=validate.OneOf(PLACES)))
    column = SomeIds("Ids of columns")
    board = SomeIds("Ids of boards")
    tag = fields.List(fields.Str(), metadata={"description": "Titles of tags"})
    assignee = fields.List(
        fields.Str(validate=validate.Regexp(rf"({NOBODY}|[1-9]\d{{0,17}})\Z", error="Neither an id nor “nobody”.")),
        metadata={"description": f"Ids of people, or “{NOBODY}”"},
    )
    creator = SomeIds("Ids of those who added them")
    closer = SomeIds("Ids of those who closed them")
    golden = fields.Bool(metadata={"description": "Only golden ones"})
    stalled = fields.Bool(metadata={"description": "Only such that many had a hand in, and then nobody for two weeks"})
    due = fields.List(
        fields.Str(validate=validate.OneOf(list(Due))),
        metadata={"description": "The day by which they are to be done, by your zone"},
    )
    created = window("When they were added, by your zone")
    closed = window("When they were closed, by your zone")
    q = fields.Str(metadata={"description": "Words of the title or the description, all of them"})
    sort = fields.Str(
        load_default=None,
        validate=validate.OneOf(SORTS),
        metadata={
            "description": "Else the last touched comes first; of Not now and Done alone what came there last. "
            "`by_hand`: as they lie in a column that is ordered by hand"
        },
    )


def answer(args: dict[str, Any], *conditions: ColumnElement[bool]) -> Response:
    """One page of the cards that this person may see and asked for."""
    return paged(_asked_for(args).where(*conditions).options(*CARD_WHOLE), args, CardSchema())


def _asked_for(args: dict[str, Any]) -> Select[Card]:
    asked = Filter.read(request.args)
    for name in ELSEWHERE:
        asked = asked.put(name, ())
    cards = select(Card).where(visible(Card, current_user), *asked.conditions(current_user))
    if "place" in args:
        cards = cards.where(Card.place.in_([Place(place) for place in args["place"]]))
    if "column" in args:
        cards = cards.where(Card.column_id.in_(args["column"]))
    if "tag" in args and "tag" not in asked.asked:  # none of them has a word in it
        cards = cards.where(false())
    if args["sort"] is None and AWAY.issuperset(args.get("place", [Place.MAYBE])):
        return cards.where(Card.put_away_at.is_not(None)).order_by(*PUT_AWAY)  # Index: ix_card_put_away
    return cards.order_by(*SORTS[args["sort"] or FIRST])
