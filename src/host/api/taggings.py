"""Tags on a card; they are no activity."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import CardSchema, TagTitleSchema
from host.db import db
from host.models import Card, Tag
from host.web.login import current_account, current_user

bp = api_blueprint("api_taggings", __name__, url_prefix="/cards/<int:number>/taggings", description="Tags on a card")


class NewTagging(Schema):
    tag = fields.Str(required=True, metadata={"description": "A title; the space gets the tag if it has none such"})


@bp.route("")
class Taggings(MethodView):
    @bp.response(200, TagTitleSchema(many=True))
    def get(self, number: int) -> list[Tag]:
        """The card's tags."""
        return current_user.card_or_draft(number).tags

    @bp.arguments(NewTagging)
    @bp.response(200, CardSchema)
    def post(self, given: dict[str, Any], number: int) -> Card:
        """Put a tag on it."""
        card = current_user.card_or_draft(number)
        card.tag(given["tag"])
        db.session.commit()
        return card


@bp.route("/<int:tag>")
class OneTagging(MethodView):
    @bp.response(200, CardSchema)
    def delete(self, number: int, tag: int) -> Card:
        """Take a tag off it."""
        card = current_user.card_or_draft(number)
        card.untag(Tag.one(current_account, tag).title)
        db.session.commit()
        return card
