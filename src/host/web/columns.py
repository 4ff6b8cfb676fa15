"""A board's own columns."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.db import db
from host.errors import Invalid
from host.i18n import _
from host.models.user import HUES
from host.web.boardview import BoardView
from host.web.forms import Form, load_form
from host.web.login import current_user

bp = Blueprint("columns", __name__, url_prefix="/boards/<int:board_id>/columns")


class ColumnForm(Form):
    name = fields.Str(
        required=True, validate=validate.Length(1, 120, error=_("A column needs a name of at most 120 characters."))
    )
    hue = fields.Str(load_default=None, validate=validate.OneOf(HUES, error=_("Choose one of the colours.")))


@bp.post("")
def create(board_id: int) -> ResponseReturnValue:
    board = current_user.board(board_id)
    given = load_form(ColumnForm)
    column = board.add_column(_named(given["name"]), given["hue"])
    db.session.commit()
    return redirect(url_for("boards.show", id=board_id, _anchor=f"col-{column.id}"), 303)


@bp.get("/<int:id>/edit")
def edit(board_id: int, id: int) -> ResponseReturnValue:  # noqa: A002
    board = current_user.board(board_id)
    return render_template("columns/edit.html", board=board, column=board.column(id), hues=HUES, errors={})


@bp.post("/<int:id>")
def update(board_id: int, id: int) -> ResponseReturnValue:  # noqa: A002
    board = current_user.board(board_id)
    column = board.column(id)
    try:
        given = load_form(ColumnForm)
        column.name, column.hue = _named(given["name"]), given["hue"] or column.hue
    except Invalid as invalid:
        errors = invalid.errors
        page = render_template(
            "columns/edit.html", board=board, column=column, hues=HUES, errors=errors, typed=request.form
        )
        return page, invalid.status
    db.session.commit()
    return redirect(url_for("boards.show", id=board_id), 303)


@bp.post("/<int:id>/delete")
def delete(board_id: int, id: int) -> ResponseReturnValue:  # noqa: A002
    column = current_user.board(board_id).column(id)
    name = column.name
    column.delete(by=current_user)
    db.session.commit()
    flash(_("%(name)s is gone. Its cards lie in Maybe?.", name=name))
    return redirect(url_for("boards.show", id=board_id), 303)


@bp.get("/<key>/cards")
def cards(board_id: int, key: str) -> ResponseReturnValue:
    """The cards that follow the first ones, as one scrolls."""
    after = request.args.get("after", 0, type=int)
    column = BoardView(current_user.board(board_id), current_user).further(key, max(0, after))
    return render_template("boards/_cards.html", column=column)


def _named(name: str) -> str:
    """Raises Invalid for a name of blanks."""
    if not name.strip():
        raise Invalid({"name": [_("A column needs a name.")]})
    return " ".join(name.split())
