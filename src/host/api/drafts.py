"""Cards that are being written: nobody else's to see before they are published."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import CardSchema
from host.db import db
from host.models import Card
from host.web.login import current_user

bp = api_blueprint("api_drafts", __name__, description="Cards that are being written")


class DraftQuery(Schema):
    column = fields.Int(strict=True, load_default=None, allow_none=True)


@bp.route("/boards/<int:id>/draft")
class Drafts(MethodView):
    @bp.arguments(DraftQuery)
    @bp.response(200, CardSchema)
    def post(self, given: dict[str, Any], id: int) -> Card:  # noqa: A002
        """Your draft on the board, opened if there is none; with a column it goes there when it is published."""
        board = current_user.board(id)
        column = None if given["column"] is None else board.column(given["column"])
        draft = board.draft(current_user, column=column)
        db.session.commit()
        return draft


@bp.route("/cards/<int:number>/publication")
class Publications(MethodView):
    @bp.response(200, CardSchema)
    def post(self, number: int) -> Card:
        """Publish your draft. A card that is published stays as it is."""
        card = current_user.card_or_draft(number)
        card.publish(current_user)
        db.session.commit()
        return card
