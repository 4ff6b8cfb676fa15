"""Where a card lies: done, not now, in a column, back in Maybe?; and keeping it."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import CardSchema
from host.db import db
from host.models import Card
from host.web.login import current_user

bp = api_blueprint("api_places", __name__, url_prefix="/cards/<int:number>", description="Where a card lies")


class IntoColumn(Schema):
    column = fields.Int(required=True)


@bp.route("/closure")
class Closures(MethodView):
    @bp.response(200, CardSchema)
    def put(self, number: int) -> Card:
        card = current_user.card(number)
        card.close(current_user)
        return _saved(card)

    @bp.response(200, CardSchema)
    def delete(self, number: int) -> Card:
        card = current_user.card(number)
        card.reopen(current_user)
        return _saved(card)


@bp.route("/postponement")
class Postponements(MethodView):
    @bp.response(200, CardSchema)
    def put(self, number: int) -> Card:
        card = current_user.card(number)
        card.postpone(current_user)
        return _saved(card)

    @bp.response(200, CardSchema)
    def delete(self, number: int) -> Card:
        """Wake it: back to Maybe?. A card that does not rest stays where it is."""
        card = current_user.card(number)
        if card.postponement:
            card.send_back_to_triage(current_user)
        return _saved(card)


@bp.route("/triage")
class Triages(MethodView):
    @bp.arguments(IntoColumn)
    @bp.response(200, CardSchema)
    def put(self, given: dict[str, Any], number: int) -> Card:
        card = current_user.card(number)
        card.triage_into(card.board.column(given["column"]), current_user)
        return _saved(card)

    @bp.response(200, CardSchema)
    def delete(self, number: int) -> Card:
        card = current_user.card(number)
        card.send_back_to_triage(current_user)
        return _saved(card)


@bp.route("/goldness")
class Goldnesses(MethodView):
    @bp.response(200, CardSchema)
    def put(self, number: int) -> Card:
        card = current_user.card(number)
        card.gild(current_user)
        return _saved(card)

    @bp.response(200, CardSchema)
    def delete(self, number: int) -> Card:
        card = current_user.card(number)
        card.gild(current_user, golden=False)
        return _saved(card)


@bp.route("/keeping")
class Keepings(MethodView):
    @bp.response(200, CardSchema)
    def post(self, number: int) -> Card:
        card = current_user.card(number)
        card.keep(current_user)
        return _saved(card)


def _saved(card: Card) -> Card:
    db.session.commit()
    return card
