"""What a webhook is told of an event, as JSON by the Standard Webhooks scheme: type, timestamp, data."""

import json
from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields

from host import Board, CardSchema, CommentSchema, PersonNameSchema, Utc, absolute_url_for
from plugins.webhooks.news import News

DRAFT = "https://json-schema.org/draft/2020-12/schema"


class NewsBoardSchema(Schema):
    id = fields.Int(required=True)
    name = fields.Str(required=True)
    url = fields.Function(lambda board: board_url(board), metadata={"type": "string", "format": "uri"}, required=True)


class NewsCardSchema(CardSchema):
    url = fields.Function(
        lambda card: absolute_url_for("cards.show", number=card.number),
        metadata={"type": "string", "format": "uri", "description": "Its page, for people"},
    )


class NewsDataSchema(Schema):
    event_id = fields.Int(required=True, allow_none=True, metadata={"description": "null in a test"})
    automatic = fields.Bool(required=True, metadata={"description": "Nobody did it, as when a sweep rests a card"})
    actor = fields.Nested(PersonNameSchema, required=True, allow_none=True)
    board = fields.Nested(NewsBoardSchema, required=True)
    card = fields.Nested(
        NewsCardSchema,
        required=True,
        allow_none=True,
        metadata={"description": "As it is now; null where it is gone from the board: see particulars for its title"},
    )
    comment = fields.Nested(CommentSchema, required=True, allow_none=True)
    particulars = fields.Dict(
        keys=fields.Str(), required=True, metadata={"description": "What changed; each kind has its own"}
    )


class NewsSchema(Schema):
    type = fields.Str(required=True, metadata={"description": "The kind of event, such as card_closed, or test"})
    timestamp = Utc(required=True, metadata={"description": "When it happened"})
    data = fields.Nested(NewsDataSchema, required=True)


def payload(news: News) -> str:
    """The body of a request."""
    told = {"type": news.kind, "timestamp": news.at, "data": news}
    return json.dumps(NewsSchema().dump(told), ensure_ascii=False)


@cache
def json_schema() -> dict[str, Any]:
    """The same as JSON Schema, made of what makes it."""
    spec = APISpec("Fallow", "1", "3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.schema("News", schema=NewsSchema)
    text = json.dumps(spec.to_dict()["components"]["schemas"]).replace("#/components/schemas/", "#/$defs/")
    title = "What a webhook of Fallow is sent"
    return {"$schema": DRAFT, "title": title, "$ref": "#/$defs/News", "$defs": json.loads(text)}


def board_url(board: Board) -> str:
    return absolute_url_for("boards.show", id=board.id)
