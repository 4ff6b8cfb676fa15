"""Boards, and who sees them."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import BOARD_WHOLE, BoardSchema, PersonSchema, Utc
from host.db import db
from host.models import Access, Board, User
from host.permissions import may_run, require
from host.web.login import current_user

bp = api_blueprint("api_boards", __name__, url_prefix="/boards", description="Boards, and who sees them")


class NewBoard(Schema):
    name = fields.Str(required=True)
    all_access = fields.Bool(load_default=True)


class BoardChange(Schema):
    name = fields.Str()


class AccessSchema(Schema):
    user = fields.Nested(PersonSchema)
    watching = fields.Bool(metadata={"description": "Whether they hear of what happens on its cards"})
    created_at = Utc()


@bp.route("")
class Boards(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, BoardSchema(many=True))
    def get(self, args: dict[str, Any]) -> Response:
        """The boards that you see, by name."""
        return paged(current_user.boards.options(*BOARD_WHOLE), args, BoardSchema())

    @bp.arguments(NewBoard)
    @bp.response(201, BoardSchema)
    def post(self, given: dict[str, Any]) -> Board:
        """Make a board, for all in the space or for yourself alone."""
        board = Board.create(given["name"], by=current_user, all_access=given["all_access"])
        db.session.commit()
        return board


@bp.route("/<int:id>")
class OneBoard(MethodView):
    @bp.response(200, BoardSchema)
    def get(self, id: int) -> Board:  # noqa: A002
        """A board with its columns."""
        return current_user.board(id)

    @bp.arguments(BoardChange)
    @bp.response(200, BoardSchema)
    def patch(self, given: dict[str, Any], id: int) -> Board:  # noqa: A002
        """Rename it. For admins and its creator."""
        board = current_user.board(id)
        require(may_run(current_user, board))
        if "name" in given:
            board.rename(given["name"])
        db.session.commit()
        return board


@bp.route("/<int:id>/accesses")
class Accesses(MethodView):
    @bp.arguments(Paging, location="query")
    @bp.response(200, AccessSchema(many=True))
    def get(self, args: dict[str, Any], id: int) -> Response:  # noqa: A002
        """Who sees the board, by name."""
        seen_by = select(Access).where(Access.board_id == current_user.board(id).id).join(Access.user)
        seen_by = seen_by.where(User.active).options(joinedload(Access.user, innerjoin=True))
        return paged(seen_by.order_by(User.name, User.id), args, AccessSchema())
