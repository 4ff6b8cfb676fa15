"""What happened, the latest first."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import PersonNameSchema, Utc
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


@bp.route("/events")
class Events(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, EventSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """What happened on all boards that you see. Index: ix_event_account_id_at."""
        return _latest(select(Event).where(visible(Event, current_user)), args)


@bp.route("/cards/<int:number>/events")
class CardEvents(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, EventSchema(many=True))
    def get(self, args: dict[str, Any], number: int) -> Response:
        """What happened to a card. Index: ix_event_card_id_at."""
        return _latest(select(Event).where(Event.card_id == current_user.card(number).id), args)


def _latest(events: Select[Event], args: dict[str, Any]) -> Response:
    whole = (selectinload(Event.card), selectinload(Event.creator))
    return paged(events.order_by(Event.at.desc(), Event.id.desc()).options(*whole), args, EventSchema())
