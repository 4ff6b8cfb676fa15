"""Boards."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields

from host.db import db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Board
from host.permissions import may_run, require
from host.web import boardlist, slots
from host.web.boardview import BoardView
from host.web.forms import Form, load_form
from host.web.login import current_user
from host.web.narrowing import narrowing
from host.web.panels import board_links

bp = Blueprint("boards", __name__)


class BoardForm(Form):
    name = fields.Str(load_default="")


@bp.get("/boards")
def index() -> ResponseReturnValue:
    return boardlist.page()


@bp.post("/boards")
def create() -> ResponseReturnValue:
    try:
        name = load_form(BoardForm)["name"]
        board = Board.create(name, by=current_user, columns=[_("In progress"), _("Waiting")])
    except Invalid as invalid:
        db.session.rollback()
        return boardlist.page(request.form, invalid.errors), invalid.status
    db.session.commit()
    return redirect(url_for("boards.show", id=board.id), 303)


@bp.get("/boards/<int:id>")
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    return page(current_user.board(id), request.args.get("add", ""))


@bp.post("/boards/<int:id>")
def update(id: int) -> ResponseReturnValue:  # noqa: A002
    board = current_user.board(id)
    require(may_run(current_user, board))
    try:
        board.rename(load_form(BoardForm)["name"])
    except Invalid as invalid:
        name, errors = request.form.get("name"), invalid.errors
        return render_template("boards/edit.html", board=board, name=name, errors=errors), invalid.status
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("boards.show", id=id), 303)


def page(board: Board, adding: str = "", *, typed: str = "", errors: Messages | None = None) -> str:
    """The whole board; `adding` is the column in which a card is being added, `typed` and `errors` bring its refused
    title back."""
    context: dict[str, Any] = {
        "board": board,
        "view": BoardView(board, current_user, adding=adding, narrowing=narrowing(current_user)),
        "banners": slots.banners(board),
        "panels": board_links(board),
        "may_rename": may_run(current_user, board),
        "typed": typed,
        "typed_in": adding,
        "errors": errors or {},
    }
    return render_template("boards/show.html", **context)
