"""Giving a card to people."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import IDS, CardSchema, PersonNameSchema
from host.db import db
from host.models import Card, User
from host.web.login import current_account, current_user

bp = api_blueprint(
    "api_assignments", __name__, url_prefix="/cards/<int:number>/assignments", description="Who looks after a card"
)


class NewAssignment(Schema):
    assignee = fields.Int(strict=True, required=True, validate=IDS, metadata={"description": "A person's id"})


@bp.route("")
class Assignments(MethodView):
    @bp.response(200, PersonNameSchema(many=True))
    def get(self, number: int) -> list[User]:
        """Who has the card."""
        return current_user.card_or_draft(number).assignees

    @bp.arguments(NewAssignment)
    @bp.response(200, CardSchema)
    def post(self, given: dict[str, Any], number: int) -> Card:
        """Give it to a person who sees its board; they watch it from then on."""
        card = current_user.card_or_draft(number)
        card.assign(current_account.person(given["assignee"]), current_user)
        db.session.commit()
        return card


@bp.route("/<int:person>")
class OneAssignment(MethodView):
    @bp.response(200, CardSchema)
    def delete(self, number: int, person: int) -> Card:
        """Take it from a person; they go on watching it."""
        card = current_user.card_or_draft(number)
        card.unassign(current_account.person(person), current_user)
        db.session.commit()
        return card
