"""The words that cards of a space share."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields
from sqlalchemy import select

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import IDS, TagTitleSchema
from host.db import db
from host.models import Tag
from host.models.user import HUES
from host.permissions import may_administer, require
from host.web.login import current_account, current_user

bp = api_blueprint("api_tags", __name__, description="The space's tags")


class TagSchema(TagTitleSchema):
    hue = fields.Str(metadata={"enum": HUES})


class TagChange(Schema):
    title = fields.Str()
    hue = fields.Str(metadata={"enum": HUES})


class Merging(Schema):
    into = fields.Int(required=True, validate=IDS, metadata={"description": "The tag that stays"})


@bp.route("/tags")
class Tags(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, TagSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """The space's tags by title."""
        ours = select(Tag).where(Tag.account_id == current_user.account_id).order_by(Tag.title)
        return paged(ours, args, TagSchema())


@bp.route("/tags/<int:id>")
class OneTag(MethodView):
    @bp.response(200, TagSchema)
    def get(self, id: int) -> Tag:  # noqa: A002
        """A tag."""
        return Tag.one(current_account, id)

    @bp.arguments(TagChange)
    @bp.response(200, TagSchema)
    def patch(self, given: dict[str, Any], id: int) -> Tag:  # noqa: A002
        """Give it another title or hue, wherever it is. For admins."""
        tag = _of_admin(id)
        tag.change(given, by=current_user)
        db.session.commit()
        return tag

    @bp.response(204)
    def delete(self, id: int) -> None:  # noqa: A002
        """Take it off every card, and away. For admins."""
        _of_admin(id).delete(by=current_user)
        db.session.commit()


@bp.route("/tags/<int:id>/merging")
class TagMerging(MethodView):
    @bp.arguments(Merging)
    @bp.response(200, TagSchema)
    def post(self, given: dict[str, Any], id: int) -> Tag:  # noqa: A002
        """Let every card that has it have another tag instead; that one stays. For admins."""
        tag, other = _of_admin(id), Tag.one(current_account, given["into"])
        tag.merge_into(other, by=current_user)
        db.session.commit()
        return other


def _of_admin(id: int) -> Tag:  # noqa: A002
    tag = Tag.one(current_account, id)
    require(may_administer(current_user))
    return tag
