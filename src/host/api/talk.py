"""What is said on a card and what happened to it."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields
from sqlalchemy import select

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import CommentSchema, EventSchema
from host.db import db
from host.models import Comment, Event
from host.web.login import current_user

bp = api_blueprint("api_talk", __name__, url_prefix="/cards/<int:number>", description="Comments and events of a card")


class NewComment(Schema):
    body = fields.Str(required=True)


@bp.route("/comments")
class Comments(MethodView):
    @bp.arguments(Paging, location="query")
    def get(self, args: dict[str, Any], number: int) -> Response:
        card = current_user.card(number)
        said = select(Comment).where(Comment.card_id == card.id).order_by(Comment.created_at, Comment.id)
        return paged(said, args, CommentSchema())

    @bp.arguments(NewComment)
    @bp.response(201, CommentSchema)
    def post(self, given: dict[str, Any], number: int) -> Comment:
        comment = current_user.card(number).comment(given["body"], current_user)
        db.session.commit()
        return comment


@bp.route("/events")
class Events(MethodView):
    @bp.arguments(Paging, location="query")
    def get(self, args: dict[str, Any], number: int) -> Response:
        card = current_user.card(number)
        happened = select(Event).where(Event.card_id == card.id).order_by(Event.at.desc(), Event.id.desc())
        return paged(happened, args, EventSchema())
