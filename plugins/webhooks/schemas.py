"""How webhooks and their deliveries look in JSON."""

from marshmallow import Schema, fields, validate

from host import Utc
from plugins.webhooks.delivery import State
from plugins.webhooks.webhook import Format

IDS = validate.Range(1, 2**63 - 1)  # what a row can have
ALL = "null: all, also those to come"


class WebhookSchema(Schema):
    id = fields.Int()
    board_id = fields.Int()
    name = fields.Str()
    url = fields.Str()
    format = fields.Enum(Format, by_value=True)
    plain_signature = fields.Bool()
    events = fields.List(fields.Str(), allow_none=True, metadata={"description": ALL})
    active = fields.Bool()
    failures = fields.Int(metadata={"description": "In a row"})
    failing_since = Utc(allow_none=True)
    off_why = fields.Str(allow_none=True, metadata={"description": "Why it was switched off, unless by a person"})
    created_at = Utc()


class WebhookAndSecretSchema(WebhookSchema):
    secret = fields.Str(metadata={"description": "What it signs by; told now and not again"})


class WebhookChange(Schema):
    name = fields.Str()
    url = fields.Str()
    format = fields.Enum(Format, by_value=True)
    plain_signature = fields.Bool(metadata={"description": "An HMAC of the body alone in X-Webhook-Signature as well"})
    events = fields.List(fields.Str(), allow_none=True, metadata={"description": ALL})
    active = fields.Bool()


class NewWebhook(WebhookChange):
    board = fields.Int(strict=True, required=True, validate=IDS, metadata={"description": "Its id"})
    name = fields.Str(required=True)
    url = fields.Str(required=True)


class WebhookDeliverySchema(Schema):
    id = fields.Int()
    message_id = fields.Str(metadata={"description": "webhook-id, the same at each try"})
    event_id = fields.Int(allow_none=True)
    kind = fields.Str()
    state = fields.Enum(State, by_value=True)
    tries = fields.Int(metadata={"description": "In its turn, without those by hand"})
    next_try_at = Utc(allow_none=True)
    note = fields.Str(allow_none=True, metadata={"description": "Why it was given up"})
    created_at = Utc()


class WebhookAttemptSchema(Schema):
    at = Utc()
    milliseconds = fields.Int()
    request_headers = fields.Dict(keys=fields.Str(), values=fields.Str())
    status = fields.Int(allow_none=True)
    answer_headers = fields.Dict(keys=fields.Str(), values=fields.Str())
    answer = fields.Str(metadata={"description": "Its beginning"})
    error = fields.Str(allow_none=True)


class WholeWebhookDeliverySchema(WebhookDeliverySchema):
    body = fields.Str()
    attempts = fields.List(fields.Nested(WebhookAttemptSchema))
