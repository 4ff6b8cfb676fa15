"""Problem details as they appear in the OpenAPI document (RFC 9457)."""

from marshmallow import Schema, fields

PROBLEM = "application/problem+json"


class ProblemSchema(Schema):
    type = fields.Str(metadata={"description": "Always about:blank: the status says the kind."})
    title = fields.Str()
    status = fields.Int()
    detail = fields.Str(metadata={"description": "A sentence for people."})
    errors = fields.Dict(
        keys=fields.Str(), values=fields.List(fields.Str()), metadata={"description": "Messages by field."}
    )
