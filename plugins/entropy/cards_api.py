"""The JSON API of single cards: staying awake, and waking on a day."""

from datetime import date
from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host import Card, Utc, api_blueprint, current_user, db
from plugins.entropy.stay import Stay, may_rest_again, stay
from plugins.entropy.waking import Waking, let_rest, wake_on

SAID = "Cards that stay awake or wake on a day"

bp = api_blueprint("entropy_cards_api", __name__, url_prefix="/cards/<int:number>", description=SAID)


class StaySchema(Schema):
    stays = fields.Bool(metadata={"description": "No sweep takes the card"})
    at = Utc(allow_none=True)
    creator_id = fields.Int(allow_none=True)


class WakingSchema(Schema):
    date = fields.Date(allow_none=True, metadata={"description": "By your calendar"})
    at = Utc(allow_none=True)
    creator_id = fields.Int(allow_none=True)


class WakingChoice(Schema):
    date = fields.Date(required=True)


@bp.route("/stay")
class StayResource(MethodView):
    @bp.response(200, StaySchema)
    def get(self, number: int) -> dict[str, Any]:
        """Whether the card stays awake, since when, and who asked for it."""
        return _stay(current_user.card(number))

    @bp.response(200, StaySchema)
    def put(self, number: int) -> dict[str, Any]:
        """Keep the card from resting; one that rests is woken."""
        card = current_user.card(number)
        stay(card, current_user)
        db.session.commit()
        return _stay(card)

    @bp.response(204)
    def delete(self, number: int) -> None:
        """Let sweeps take it again."""
        may_rest_again(current_user.card(number), current_user)
        db.session.commit()


@bp.route("/waking")
class WakingResource(MethodView):
    @bp.response(200, WakingSchema)
    def get(self, number: int) -> dict[str, Any]:
        """The day on which a resting card wakes; null where nobody chose one."""
        return _waking(current_user.card(number))

    @bp.arguments(WakingChoice)
    @bp.response(200, WakingSchema)
    def put(self, given: dict[str, date], number: int) -> dict[str, Any]:
        """Let the resting card wake when this day begins."""
        card = current_user.card(number)
        wake_on(card, given["date"], current_user)
        db.session.commit()
        return _waking(card)

    @bp.response(204)
    def delete(self, number: int) -> None:
        """Let it rest until somebody wakes it."""
        let_rest(current_user.card(number), current_user)
        db.session.commit()


def _stay(card: Card) -> dict[str, Any]:
    found = Stay.of(card)
    return {"stays": found is not None, "at": found and found.at, "creator_id": found and found.creator_id}


def _waking(card: Card) -> dict[str, Any]:
    found = Waking.of(card)
    return {"date": found and found.day, "at": found and found.at, "creator_id": found and found.creator_id}
