"""The words that cards of a space share."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import fields
from sqlalchemy import select

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import TagTitleSchema
from host.models import Tag
from host.models.user import HUES
from host.web.login import current_user

bp = api_blueprint("api_tags", __name__, description="The space's tags")


class TagSchema(TagTitleSchema):
    hue = fields.Str(metadata={"enum": HUES})


@bp.route("/tags")
class Tags(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, TagSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """The space's tags by title."""
        ours = select(Tag).where(Tag.account_id == current_user.account_id).order_by(Tag.title)
        return paged(ours, args, TagSchema())
