"""Cards that you keep at hand; nobody else sees which."""

from collections.abc import Sequence

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import CARD_WHOLE, CardSchema
from host.db import db
from host.models import Card, Pin
from host.web.login import current_user

MOST = 100

bp = api_blueprint("api_pins", __name__, description="Cards kept at hand")


class PinSchema(Schema):
    pinned = fields.Bool()


@bp.route("/pins")
class Pins(MethodView):
    @bp.response(200, CardSchema(many=True))
    def get(self) -> Sequence[Card]:
        """The last 100 that you pinned, the newest first."""
        return db.session.scalars(Pin.cards(current_user, MOST).options(*CARD_WHOLE)).all()


@bp.route("/cards/<int:number>/pin")
class OnePin(MethodView):
    @bp.response(200, PinSchema)
    def get(self, number: int) -> dict[str, bool]:
        """Whether you pinned the card."""
        return {"pinned": Pin.on(current_user.card(number), current_user)}

    @bp.response(200, PinSchema)
    def put(self, number: int) -> dict[str, bool]:
        """Keep it at hand."""
        Pin.put(current_user.card(number), current_user)
        db.session.commit()
        return {"pinned": True}

    post = put

    @bp.response(200, PinSchema)
    def delete(self, number: int) -> dict[str, bool]:
        """Let it go."""
        Pin.take(current_user.card(number), current_user)
        db.session.commit()
        return {"pinned": False}
