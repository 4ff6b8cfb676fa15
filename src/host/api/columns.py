"""A board's own columns."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from host.api.blueprint import api_blueprint
from host.api.schemas import ColumnSchema
from host.db import db
from host.models import Column
from host.models.user import HUES
from host.web.login import current_user

bp = api_blueprint("api_columns", __name__, url_prefix="/boards/<int:board>/columns", description="A board's columns")

HUE = {"enum": HUES}


class NewColumn(Schema):
    name = fields.Str(required=True)
    hue = fields.Str(load_default=None, metadata=HUE)


class ColumnChange(Schema):
    name = fields.Str()
    hue = fields.Str(metadata=HUE)


@bp.route("")
class Columns(MethodView):
    @bp.response(200, ColumnSchema(many=True))
    def get(self, board: int) -> list[Column]:
        """The columns from left to right."""
        return current_user.board(board).columns

    @bp.arguments(NewColumn)
    @bp.response(201, ColumnSchema)
    def post(self, given: dict[str, Any], board: int) -> Column:
        """Add a column at the right end; without a hue it takes the next of the ladder."""
        column = current_user.board(board).add_column(given["name"], given["hue"])
        db.session.commit()
        return column


@bp.route("/<int:id>")
class OneColumn(MethodView):
    @bp.response(200, ColumnSchema)
    def get(self, board: int, id: int) -> Column:  # noqa: A002
        """A column."""
        return current_user.board(board).column(id)

    @bp.arguments(ColumnChange)
    @bp.response(200, ColumnSchema)
    def patch(self, given: dict[str, Any], board: int, id: int) -> Column:  # noqa: A002
        """Give it another name or hue."""
        column = current_user.board(board).column(id)
        column.change(given.get("name", column.name), given.get("hue", column.hue))
        db.session.commit()
        return column

    @bp.response(204)
    def delete(self, board: int, id: int) -> None:  # noqa: A002
        """Take it away; its cards fall back to Maybe? with their age."""
        current_user.board(board).column(id).delete(by=current_user)
        db.session.commit()
