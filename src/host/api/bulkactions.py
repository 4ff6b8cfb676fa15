"""One action on many cards, and its undo."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields, validate

from host.api.blueprint import api_blueprint
from host.api.schemas import IDS, Utc
from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.models import BulkAction
from host.models.bulk_action import MOST, cards_numbered
from host.web.login import current_account, current_user

bp = api_blueprint("api_bulk_actions", __name__, url_prefix="/bulk_actions", description="One action on many cards")

VERBS = ("close", "postpone", "move", "tag", "assign")


class NewBulkAction(Schema):
    cards = fields.List(
        fields.Int(validate=IDS),
        required=True,
        validate=validate.Length(1, MOST),
        metadata={"description": "Numbers of cards; what is not there (any more) is passed over"},
    )
    verb = fields.Str(required=True, validate=validate.OneOf(VERBS))
    column = fields.Int(validate=IDS, allow_none=True, metadata={"description": "For move; null is Maybe?"})
    tag = fields.Str(metadata={"description": "For tag: its title"})
    assignee = fields.Int(validate=IDS, metadata={"description": "For assign: whose they will be"})


class BulkActionSchema(Schema):
    id = fields.Int()
    verb = fields.Str(metadata={"enum": VERBS})
    count = fields.Int(metadata={"description": "How many cards it changed"})
    at = Utc()
    undoable = fields.Bool(metadata={"description": "For ten minutes, once"})


class UndoneSchema(Schema):
    put_back = fields.Int(metadata={"description": "How many cards are as they were; others were touched since"})


@bp.route("")
class BulkActions(MethodView):
    @bp.arguments(NewBulkAction)
    @bp.response(201, BulkActionSchema)
    def post(self, given: dict[str, Any]) -> BulkAction:
        """Do it to all of them, or to none."""
        done = _do(given)
        db.session.commit()
        return done


@bp.route("/<int:id>")
class OneBulkAction(MethodView):
    @bp.response(200, BulkActionSchema)
    def get(self, id: int) -> BulkAction:  # noqa: A002
        """One of yours of the last minutes."""
        return BulkAction.one(current_user, id)

    @bp.response(200, UndoneSchema)
    def delete(self, id: int) -> dict[str, int]:  # noqa: A002
        """Undo it."""
        back = BulkAction.one(current_user, id).undo()
        db.session.commit()
        return {"put_back": back}


def _do(given: dict[str, Any]) -> BulkAction:
    cards, verb = cards_numbered(given["cards"], current_user), given["verb"]
    if verb == "close":
        return BulkAction.close(cards, current_user)
    if verb == "postpone":
        return BulkAction.postpone(cards, current_user)
    if verb == "tag":
        return BulkAction.tag(cards, given.get("tag", ""), current_user)
    needed = {"move": "column", "assign": "assignee"}[verb]
    if needed not in given:
        raise Invalid({needed: [_("This is needed.")]})
    if verb == "assign":
        return BulkAction.assign(cards, current_account.person(given["assignee"]), current_user)
    column = given["column"] and cards[0].board.column(given["column"])
    return BulkAction.move(cards, column, current_user)
