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
from host.mentions import unheard
from host.models import Comment
from host.web.login import current_user

bp = api_blueprint("api_comments", __name__, description="What is said on a card")


class CommentSchema(Schema):
    id = fields.Int()
    body = fields.Str(metadata={"description": "Markdown"})
    created_at = Utc()
    edited_at = Utc(allow_none=True)
    creator = fields.Nested(PersonNameSchema, allow_none=True)


class SaidSchema(CommentSchema):
    unresolved_mentions = fields.List(
        fields.Str(),
        metadata={"description": "Handles in it that reach nobody: nobody's, or of people who cannot see the board"},
    )


class NewComment(Schema):
    body = fields.Str(required=True)


@bp.route("/cards/<int:number>/comments")
class Comments(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, CommentSchema(many=True))
    def get(self, args: dict[str, Any], number: int) -> Response:
        """What was said, the oldest first."""
        said = select(Comment).where(Comment.standing, Comment.card_id == current_user.card(number).id)
        said = said.order_by(Comment.created_at, Comment.id).options(selectinload(Comment.creator))
        return paged(said, args, CommentSchema())

    @bp.arguments(NewComment)
    @bp.response(201, SaidSchema)
    def post(self, given: dict[str, Any], number: int) -> dict[str, Any]:
        """Say something; you watch the card from then on."""
        card = current_user.card(number)
        return _saved(card.comment(given["body"], current_user))


@bp.route("/cards/<int:number>/comments/<int:id>")
class OneComment(MethodView):
    @bp.response(200, CommentSchema)
    def get(self, number: int, id: int) -> Comment:  # noqa: A002
        """A comment."""
        return current_user.card(number).said(id)

    @bp.arguments(NewComment)
    @bp.response(200, SaidSchema)
    def patch(self, given: dict[str, Any], number: int, id: int) -> dict[str, Any]:  # noqa: A002
        """Say it in other words. For its author alone."""
        comment = current_user.card(number).said(id)
        comment.edit(given["body"], current_user)
        return _saved(comment)

    @bp.response(204)
    def delete(self, number: int, id: int) -> None:  # noqa: A002
        """Take it back; for a day it can be restored. For its author alone."""
        current_user.card(number).said(id).remove(current_user)
        db.session.commit()


@bp.route("/cards/<int:number>/comments/<int:id>/restoration")
class Restorations(MethodView):
    @bp.response(200, CommentSchema)
    def post(self, number: int, id: int) -> Comment:  # noqa: A002
        """Bring back a comment of yours that you took back within the last day."""
        comment = current_user.card(number).taken_back(id, current_user)
        comment.restore(current_user)
        db.session.commit()
        return comment


def _saved(comment: Comment) -> dict[str, Any]:
    handles = unheard(comment.body, comment.card.board).handles
    db.session.commit()
    said = {name: getattr(comment, name) for name in ("id", "body", "created_at", "edited_at", "creator")}
    return {**said, "unresolved_mentions": handles}
