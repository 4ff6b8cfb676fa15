"""Boards and their columns."""

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, validate

from host.api.blueprint import api_blueprint
from host.api.paging import Paging, paged
from host.api.schemas import BoardSchema, ColumnSchema
from host.db import db
from host.models import Board, Column
from host.permissions import may_run, require
from host.web.login import current_user

bp = api_blueprint("api_boards", __name__, url_prefix="/boards", description="Boards and their columns")

NAME = validate.Length(1, 120)


class NewBoard(Schema):
    name = fields.Str(required=True, validate=NAME)
    all_access = fields.Bool(load_default=True)


class BoardChange(Schema):
    name = fields.Str(validate=NAME)


class NewColumn(Schema):
    name = fields.Str(required=True, validate=NAME)


@bp.route("")
class Boards(MethodView):
    @bp.arguments(Paging, location="query")
    def get(self, args: dict[str, Any]) -> Response:
        return paged(current_user.boards, args, BoardSchema())

    @bp.arguments(NewBoard)
    @bp.response(201, BoardSchema)
    def post(self, given: dict[str, Any]) -> Board:
        board = Board.create(given["name"], by=current_user, all_access=given["all_access"])
        db.session.commit()
        return board


@bp.route("/<int:id>")
class OneBoard(MethodView):
    @bp.response(200, BoardSchema)
    def get(self, id: int) -> Board:  # noqa: A002
        return current_user.board(id)

    @bp.arguments(BoardChange)
    @bp.response(200, BoardSchema)
    def patch(self, given: dict[str, Any], id: int) -> Board:  # noqa: A002
        board = current_user.board(id)
        require(may_run(current_user, board))
        board.name = given.get("name", board.name)
        db.session.commit()
        return board


@bp.route("/<int:id>/columns")
class Columns(MethodView):
    @bp.response(200, ColumnSchema(many=True))
    def get(self, id: int) -> list[Column]:  # noqa: A002
        return current_user.board(id).columns

    @bp.arguments(NewColumn)
    @bp.response(201, ColumnSchema)
    def post(self, given: dict[str, Any], id: int) -> Column:  # noqa: A002
        column = current_user.board(id).add_column(given["name"])
        db.session.commit()
        return column
