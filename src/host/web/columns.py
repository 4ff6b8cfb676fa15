"""A board's own columns."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, pre_load

from host.db import db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Board, Card, Column
from host.models.card import PLACED
from host.models.user import HUES
from host.web.boardview import BoardView
from host.web.cacheable import cacheable
from host.web.forms import Form, load_form
from host.web.login import current_user
from host.web.narrowing import narrowing

MOST = 2**31  # no board has so many cards, and no database takes a number without end

bp = Blueprint("columns", __name__, url_prefix="/boards/<int:board_id>/columns")


class ColumnForm(Form):
    """A cap that is left empty is none."""

    name = fields.Str(load_default="")
    hue = fields.Str(load_default=None)
    order = fields.Str(load_default=None)
    cap = fields.Int(load_default=None, error_messages={"invalid": _("A cap is a number of cards.")})

    @pre_load
    def without_blanks(self, sent: dict[str, Any], **_more: Any) -> dict[str, Any]:
        cap = sent.get("cap")
        left_empty = isinstance(cap, str) and not cap.strip()
        return {key: value for key, value in sent.items() if key != "cap" or not left_empty}


@bp.post("")
def create(board_id: int) -> ResponseReturnValue:
    board = current_user.board(board_id)
    try:
        given = load_form(ColumnForm)
        column = board.add_column(given["name"], given["hue"], by=current_user)
        column.take({"order": given["order"] or column.order, "cap": given["cap"]})
    except Invalid as invalid:
        return _page(board, None, request.form, invalid.errors), invalid.status
    db.session.commit()
    return redirect(url_for("boards.show", id=board_id, _anchor=f"col-{column.id}"), 303)


@bp.get("/<int:id>/edit")
def edit(board_id: int, id: int) -> ResponseReturnValue:  # noqa: A002
    board = current_user.board(board_id)
    column = board.column(id)
    return _page(board, column, {field: getattr(column, field) for field in ("name", "hue", "order", "cap")}, {})


@bp.post("/<int:id>")
def update(board_id: int, id: int) -> ResponseReturnValue:  # noqa: A002
    board = current_user.board(board_id)
    column = board.column(id)
    try:
        given = load_form(ColumnForm)
        kept = {"hue": given["hue"] or column.hue, "order": given["order"] or column.order}
        column.change({**given, **kept}, by=current_user)
    except Invalid as invalid:
        return _page(board, column, request.form, invalid.errors), invalid.status
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
@cacheable
def cards(board_id: int, key: str) -> ResponseReturnValue:
    """The cards that follow the first ones, as one scrolls."""
    after = request.args.get("after", 0, type=int)
    view = BoardView(current_user.board(board_id), current_user, narrowing=narrowing(current_user))
    column = view.further(key, min(max(0, after), MOST))
    return render_template("boards/_cards.html", column=column)


def _page(board: Board, column: Column | None, values: Mapping[str, Any], errors: Messages) -> str:
    places = board.columns if column else []
    return render_template(
        "columns/edit.html",
        board=board,
        column=column,
        position=places.index(column) if column else 0,
        last=len(places) - 1,
        cards=board.counts(Card.column_id == column.id, Card.place.in_(PLACED)).total() if column else 0,
        values=values,
        errors=errors,
        hues=HUES,
    )
