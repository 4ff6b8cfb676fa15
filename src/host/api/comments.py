"""What is said on a card."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import PersonNameSchema, Utc
from host.db import db
from host.models import Comment
from host.web.login import current_user

bp = api_blueprint("api_comments", __name__, description="What is said on a card")


class CommentSchema(Schema):
    id = fields.Int()
    body = fields.Str(metadata={"description": "Markdown"})
    created_at = Utc()
    creator = fields.Nested(PersonNameSchema, allow_none=True)


class NewComment(Schema):
    body = fields.Str(required=True)


@bp.route("/cards/<int:number>/comments")
class Comments(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, CommentSchema(many=True))
    def get(self, args: dict[str, Any], number: int) -> Response:
        """What was said, the oldest first."""
        said = select(Comment).where(Comment.card_id == current_user.card(number).id)
        said = said.order_by(Comment.created_at, Comment.id).options(selectinload(Comment.creator))
        return paged(said, args, CommentSchema())

    @bp.arguments(NewComment)
    @bp.response(201, CommentSchema)
    def post(self, given: dict[str, Any], number: int) -> Comment:
        """Say something; you watch the card from then on."""
        comment = current_user.card(number).comment(given["body"], current_user)
        db.session.commit()
        return comment
