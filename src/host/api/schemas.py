"""How the host's nouns look in JSON, and what must be read along so that a list of them costs a fixed number of
statements."""

from datetime import UTC, datetime
from typing import Any

from flask import url_for
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import selectinload

from host.db import LARGEST
from host.models import Board, Card, Place
from host.models.column import Order
from host.models.user import HUES

PLACES = tuple(place.value for place in Place if place is not Place.REMOVED)
IDS = validate.Range(1, LARGEST)  # what the databases can be asked for


class Utc(fields.AwareDateTime):
    """ISO 8601 in UTC."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> datetime:
        try:
            return super()._deserialize(value, attr, data, **more).astimezone(UTC)
        except OverflowError as error:  # in the year 1 or 9999, with an offset
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from error


class PersonNameSchema(Schema):
    id = fields.Int()
    name = fields.Str()


class PersonSchema(PersonNameSchema):
    handle = fields.Str()
    role = fields.Str()
    active = fields.Bool()


class ColumnNameSchema(Schema):
    id = fields.Int()
    name = fields.Str()


class ColumnSchema(ColumnNameSchema):
    hue = fields.Str(metadata={"enum": HUES})
    position = fields.Int()
    order = fields.Str(
        metadata={
            "enum": list(Order),
            "description": "How its cards lie: the last touched on top, or where they are put by hand",
        }
    )
    cap = fields.Int(allow_none=True, metadata={"description": "So many cards are enough; above, its head warns"})


class BoardSchema(Schema):
    id = fields.Int()
    name = fields.Str()
    description = fields.Str(metadata={"description": "Markdown"})
    words_version = fields.Str(metadata={"description": "Of name and description, see PATCH"})
    hue = fields.Str(metadata={"enum": HUES})
    all_access = fields.Bool(metadata={"description": "Whether everybody in the space sees it"})
    template = fields.Bool(metadata={"description": "Whether it is offered to whoever makes a new board"})
    archived_at = Utc(allow_none=True)
    created_at = Utc()
    creator = fields.Nested(PersonNameSchema, allow_none=True)
    columns = fields.List(fields.Nested(ColumnSchema))


class TagTitleSchema(Schema):
    id = fields.Int()
    title = fields.Str()


class StepSchema(Schema):
    id = fields.Int()
    text = fields.Str()
    done = fields.Bool()
    position = fields.Int()


class CardSchema(Schema):
    number = fields.Int()
    title = fields.Str()
    description = fields.Str(metadata={"description": "Markdown"})
    place = fields.Enum(Place, by_value=True)
    board_id = fields.Int()
    column = fields.Nested(ColumnNameSchema, allow_none=True, metadata={"description": "Kept by a card in Done"})
    golden = fields.Bool()
    stalled = fields.Bool(metadata={"description": "Many had a hand in it, and then nobody for two weeks"})
    creator = fields.Nested(PersonNameSchema, allow_none=True)
    assignees = fields.List(fields.Nested(PersonNameSchema))
    tags = fields.List(fields.Nested(TagTitleSchema))
    steps = fields.List(fields.Nested(StepSchema))
    words_version = fields.Str(metadata={"description": "Of title and description, see PATCH"})
    due_on = fields.Date(allow_none=True)
    created_at = Utc()
    last_active_at = Utc()
    url = fields.Function(lambda card: card_url(card), metadata={"type": "string", "format": "uri"})


BOARD_WHOLE = (selectinload(Board.creator), selectinload(Board.columns))
CARD_WHOLE = (
    selectinload(Card.column),
    selectinload(Card.goldness),
    selectinload(Card.creator),
    selectinload(Card.assignments),
    selectinload(Card.taggings),
    selectinload(Card.steps),
)


def card_url(card: Card) -> str:
    """The card's page, for people."""
    return url_for("cards.show", number=card.number, _external=True)
