"""A board's own columns."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields, validate

from host.api.blueprint import api_blueprint
from host.api.schemas import ColumnSchema
from host.db import LARGEST, db
from host.models import Column
from host.models.column import Order
from host.models.user import HUES
from host.web.login import current_user

bp = api_blueprint("api_columns", __name__, url_prefix="/boards/<int:board>/columns", description="A board's columns")

HUE = {"enum": HUES}
ORDER = fields.Str(validate=validate.OneOf(list(Order)), metadata={"description": "See `order` of a column"})
CAP = fields.Int(allow_none=True, metadata={"description": "So many cards are enough; null for any number"})


class NewColumn(Schema):
    name = fields.Str(required=True)
    hue = fields.Str(load_default=None, metadata=HUE)
    order = ORDER
    cap = CAP


class ColumnChange(Schema):
    name = fields.Str()
    hue = fields.Str(metadata=HUE)
    order = ORDER
    cap = CAP
    position = fields.Int(
        validate=validate.Range(0, LARGEST),
        metadata={"description": "From 0 at the left; others make room, and one beyond the end is the end"},
    )


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
        column = current_user.board(board).add_column(given["name"], given["hue"], by=current_user)
        column.take({field: given[field] for field in ("order", "cap") if field in given})
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
        """Give it another name, hue, order, cap or place."""
        column = current_user.board(board).column(id)
        column.change(given, by=current_user)
        if "position" in given:
            column.move_to(given["position"], by=current_user)
        db.session.commit()
        return column

    @bp.response(204)
    def delete(self, board: int, id: int) -> None:  # noqa: A002
        """Take it away; its cards fall back to Maybe? with their age."""
        current_user.board(board).column(id).delete(by=current_user)
        db.session.commit()
