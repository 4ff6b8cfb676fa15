"""Boards."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from host.db import db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Board
from host.permissions import may_run, require
from host.web import slots
from host.web.boardview import BoardView
from host.web.forms import Form, load_form
from host.web.login import current_user
from host.web.panels import board_links

bp = Blueprint("boards", __name__)


class BoardForm(Form):
    name = fields.Str(
        required=True, validate=validate.Length(1, 120, error=_("A board needs a name of at most 120 characters."))
    )


@bp.get("/boards")
def index() -> ResponseReturnValue:
    return render_template("boards/index.html", board_list=db.session.scalars(current_user.boards).all())


@bp.post("/boards")
def create() -> ResponseReturnValue:
    name = load_form(BoardForm)["name"].strip()
    if not name:
        raise Invalid({"name": [_("A board needs a name.")]})
    board = Board.create(name, by=current_user, columns=[_("In progress"), _("Waiting")])
    db.session.commit()
    return redirect(url_for("boards.show", id=board.id), 303)


@bp.get("/boards/<int:id>")
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    return page(current_user.board(id))


@bp.post("/boards/<int:id>")
def update(id: int) -> ResponseReturnValue:  # noqa: A002
    board = current_user.board(id)
    require(may_run(current_user, board))
    board.name = load_form(BoardForm)["name"].strip() or board.name
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("boards.show", id=id), 303)


def page(board: Board, *, typed: str = "", errors: Messages | None = None) -> str:
    """The whole board; `typed` and `errors` bring a refused title back into the form."""
    view = BoardView(board, current_user)
    more = {"banners": slots.banners(board), "panels": board_links(board)}
    return render_template("boards/show.html", board=board, view=view, typed=typed, errors=errors or {}, **more)
