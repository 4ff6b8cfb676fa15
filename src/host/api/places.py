"""Where a card lies: done, not now, in a column, back in Maybe?; and on which board. Asking twice changes nothing more.

PUT and POST do the same.
"""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import IDS, CardSchema
from host.db import db
from host.models import Card
from host.web.login import current_user

bp = api_blueprint("api_places", __name__, url_prefix="/cards/<int:number>", description="Where a card lies")


BELOW = "The number of the card below which it lies; null, or one that is not there any more: on top"


class IntoColumn(Schema):
    column = fields.Int(strict=True, required=True)
    below = fields.Int(
        strict=True, allow_none=True, metadata={"description": f"Where cards are laid by hand. {BELOW}"}
    )


class Below(Schema):
    below = fields.Int(strict=True, required=True, allow_none=True, metadata={"description": BELOW})


class OntoBoard(Schema):
    board = fields.Int(strict=True, required=True, validate=IDS)


@bp.route("/closure")
class Closures(MethodView):
    @bp.response(200, CardSchema)
    def put(self, number: int) -> Card:
        """Put the card in Done."""
        card = current_user.card(number)
        card.close(current_user)
        return _saved(card)

    post = put

    @bp.response(200, CardSchema)
    def delete(self, number: int) -> Card:
        """Reopen it, into its column or Maybe?."""
        card = current_user.card(number)
        card.reopen(current_user)
        return _saved(card)


@bp.route("/postponement")
class Postponements(MethodView):
    @bp.response(200, CardSchema)
    def put(self, number: int) -> Card:
        """Let the card rest in Not now."""
        card = current_user.card(number)
        card.postpone(current_user)
        return _saved(card)

    post = put

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
        """Move the card into a column of its board, waking or reopening it."""
        card = current_user.card(number)
        column = card.board.column(given["column"])
        if "below" in given:
            card.triage_below(given["below"], column, current_user)
        else:
            card.triage_into(column, current_user)
        return _saved(card)

    post = put

    @bp.response(200, CardSchema)
    def delete(self, number: int) -> Card:
        """Send it back to Maybe?, waking or reopening it."""
        card = current_user.card(number)
        card.send_back_to_triage(current_user)
        return _saved(card)


@bp.route("/position")
class Positions(MethodView):
    @bp.arguments(Below)
    @bp.response(200, CardSchema)
    def put(self, given: dict[str, Any], number: int) -> Card:
        """Lay it elsewhere in its column, which is ordered by hand; golden cards stay above plain ones. It is no
        activity."""
        card = current_user.card(number)
        card.lie_below(given["below"])
        return _saved(card)

    post = put


@bp.route("/board")
class Moves(MethodView):
    @bp.arguments(OntoBoard)
    @bp.response(200, CardSchema)
    def put(self, given: dict[str, Any], number: int) -> Card:
        """Move the card to another board, out of its column; its assignees may see that board from then on."""
        card = current_user.card(number)
        card.move_to(current_user.board(given["board"]), current_user)
        return _saved(card)

    post = put


def _saved(card: Card) -> Card:
    db.session.commit()
    return card
