"""Where a column stands among the board's own."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.db import LARGEST, db
from host.web.forms import Form, back_to, load_form
from host.web.login import current_user

bp = Blueprint("columnpositions", __name__, url_prefix="/boards/<int:board_id>/columns/<int:id>/position")


class PositionForm(Form):
    position = fields.Int(required=True, validate=validate.Range(0, LARGEST))


@bp.post("")
def update(board_id: int, id: int) -> ResponseReturnValue:  # noqa: A002
    column = current_user.board(board_id).column(id)
    column.move_to(load_form(PositionForm)["position"], by=current_user)
    db.session.commit()
    return back_to(url_for("boards.show", id=board_id, _anchor=f"col-{id}"))
