"""The JSON API of rules and removals, for who looks after the installation."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields

from host import Paging, Utc, api_blueprint, current_user, db, may_operate, paged, require
from plugins.cleanup.models import DAYS, Choice, Removal
from plugins.cleanup.removing import begin
from plugins.cleanup.standing import Standing

bp = api_blueprint("cleanup_api", __name__, url_prefix="/cleanup", description="What is old and goes")


class RemovalSchema(Schema):
    id = fields.Int()
    rule = fields.Str()
    at = Utc(metadata={"description": "When it began"})
    removed = fields.Int()


class RuleSchema(Schema):
    key = fields.Str()
    title = fields.Str()
    days = fields.Int(allow_none=True, metadata={"description": "null: age is no question"})
    on = fields.Bool()
    would_go = fields.Int(allow_none=True, metadata={"description": "How many would go now"})
    last = fields.Nested(RemovalSchema, allow_none=True, metadata={"description": "The last that took something"})


class RuleChange(Schema):
    days = fields.Int(strict=True, error_messages={"invalid": DAYS})
    on = fields.Bool()


@bp.route("/rules")
class Rules(MethodView):
    @bp.response(200, RuleSchema(many=True))
    def get(self) -> list[Standing]:
        """Every rule, with what would go now."""
        require(may_operate(current_user))
        return Standing.all()


@bp.route("/rules/<key>")
class Rule(MethodView):
    @bp.response(200, RuleSchema)
    def get(self, key: str) -> Standing:
        """One of them."""
        require(may_operate(current_user))
        return Standing.named(key)

    @bp.arguments(RuleChange)
    @bp.response(200, RuleSchema)
    def patch(self, given: dict[str, Any], key: str) -> Standing:
        """Keep things for longer or shorter, or let all of them be."""
        require(may_operate(current_user))
        standing = Standing.named(key)
        days = given.get("days", standing.choice.days if standing.choice else None)
        Choice.choose(standing.rule, days=days, on=given.get("on", standing.on))
        db.session.commit()
        return Standing.named(key)


@bp.route("/rules/<key>/removals")
class RuleRemovals(MethodView):
    @bp.response(202, RuleSchema)
    def post(self, key: str) -> Standing:
        """Remove now what it gives up: in a job, soon."""
        require(may_operate(current_user))
        standing = Standing.named(key)
        begin(standing)
        db.session.commit()
        return standing


@bp.route("/removals")
class Removals(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, RemovalSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """What went, the newest first."""
        require(may_operate(current_user))
        return paged(Removal.newest(), args, RemovalSchema())
