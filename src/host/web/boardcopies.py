"""A board made after another."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.db import db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Board
from host.models.typed import LONGEST_NAME
from host.web.forms import Form, load_form
from host.web.login import current_user

bp = Blueprint("boardcopies", __name__, url_prefix="/boards/<int:id>/copies")


class CopyForm(Form):
    name = fields.Str(load_default="")
    cards = fields.Bool(load_default=False)


@bp.get("/new")
def new(id: int) -> ResponseReturnValue:  # noqa: A002
    board = current_user.known_board(id)
    values = {"name": _("%(name)s, copy", name=board.name)[:LONGEST_NAME], "cards": True}
    return _page(board, values, {})


@bp.post("")
def create(id: int) -> ResponseReturnValue:  # noqa: A002
    board = current_user.known_board(id)
    try:
        given = load_form(CopyForm)
        made = board.copy(given["name"], by=current_user, with_cards=given["cards"])
    except Invalid as invalid:
        db.session.rollback()
        return _page(current_user.known_board(id), request.form, invalid.errors), invalid.status
    db.session.commit()
    return redirect(url_for("boards.show", id=made.id), 303)


def _page(board: Board, values: Mapping[str, Any], errors: Messages) -> str:
    return render_template("boards/copy.html", board=board, values=values, errors=errors)
