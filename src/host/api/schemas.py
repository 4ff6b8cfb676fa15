"""How the host's nouns look in JSON."""

from typing import Any

from flask import url_for
from marshmallow import Schema, fields

from host.models import Card, Place

PLACES = tuple(place.value for place in Place)


class Utc(fields.AwareDateTime):
    """ISO 8601 in UTC."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", **kwargs)


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
    hue = fields.Str()
    position = fields.Int()


class BoardSchema(Schema):
    id = fields.Int()
    name = fields.Str()
    all_access = fields.Bool()
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


class CommentSchema(Schema):
    id = fields.Int()
    body = fields.Str()
    created_at = Utc()
    creator = fields.Nested(PersonNameSchema, allow_none=True)


class EventSchema(Schema):
    id = fields.Int()
    kind = fields.Str()
    at = Utc()
    automatic = fields.Bool()
    creator = fields.Nested(PersonNameSchema, allow_none=True)
    particulars = fields.Dict()


class CardSchema(Schema):
    number = fields.Int()
    title = fields.Str()
    description = fields.Str()
    place = fields.Enum(Place, by_value=True)
    board_id = fields.Int()
    column = fields.Nested(ColumnNameSchema, allow_none=True)
    golden = fields.Bool()
    creator = fields.Nested(PersonNameSchema, allow_none=True)
    assignees = fields.List(fields.Nested(PersonNameSchema))
    tags = fields.List(fields.Nested(TagTitleSchema))
    steps = fields.List(fields.Nested(StepSchema))
    created_at = Utc()
    last_active_at = Utc()
    url = fields.Function(lambda card: card_url(card))


def card_url(card: Card) -> str:
    """The card's page, for people."""
    return url_for("cards.show", number=card.number, _external=True)
