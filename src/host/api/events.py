"""What happened, the latest first."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import IDS, PersonNameSchema, Utc
from host.clock import EPOCH
from host.events import NOTICE
from host.models import Event
from host.permissions import visible
from host.web.login import current_user

bp = api_blueprint("api_events", __name__, description="What happened")


class CardNameSchema(Schema):
    number = fields.Int()
    title = fields.Str()


class EventSchema(Schema):
    id = fields.Int()
    kind = fields.Str()
    at = Utc()
    automatic = fields.Bool(metadata={"description": "Whether nobody did it, as when a sweep rests a card"})
    board_id = fields.Int()
    card = fields.Nested(CardNameSchema, allow_none=True)
    creator = fields.Nested(PersonNameSchema, allow_none=True)
    particulars = fields.Dict(metadata={"description": "What belongs to this kind of event"})


class EventQuery(Paging):
    board = fields.List(fields.Int(validate=IDS), metadata={"description": "On these boards"})
    creator = fields.List(fields.Int(validate=IDS), metadata={"description": "By these people"})
    since = Utc(metadata={"description": "From then on"})
    before = Utc(metadata={"description": "Up to then"})


@bp.route("/events")
class Events(MethodView):
    @bp.arguments(EventQuery, location="query")
    @bp.response(200, EventSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """What happened on all boards that you see. Indices: ix_event_account_id_at, ix_event_creator_id_at."""
        events = select(Event).where(visible(Event, current_user))
        conditions = {
            "board": Event.board_id.in_(args.get("board", ())),
            "creator": Event.creator_id.in_(args.get("creator", ())),
            "since": Event.at >= args.get("since", EPOCH),
            "before": Event.at < args.get("before", EPOCH),
        }
        return _latest(events.where(*(clause for name, clause in conditions.items() if name in args)), args)


@bp.route("/cards/<int:number>/events")
class CardEvents(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, EventSchema(many=True))
    def get(self, args: dict[str, Any], number: int) -> Response:
        """What happened to a card. Index: ix_event_card_id_at."""
        return _latest(select(Event).where(Event.card_id == current_user.card(number).id), args)


def _latest(events: Select[Event], args: dict[str, Any]) -> Response:
    """Without the notices, which are a word to those they name."""
    whole = (selectinload(Event.card), selectinload(Event.creator))
    events = events.where(Event.kind != NOTICE.name)
    return paged(events.order_by(Event.at.desc(), Event.id.desc()).options(*whole), args, EventSchema())
