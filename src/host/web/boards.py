"""Boards."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import fields, pre_load, validate
from sqlalchemy.orm import joinedload

from host.db import LARGEST, db
from host.errors import Invalid, Messages
from host.i18n import _
from host.models import Board
from host.permissions import may_run
from host.text import rendered
from host.web import boardlist, slots
from host.web.boardview import BoardView
from host.web.cacheable import cacheable
from host.web.filterbar import FilterBar
from host.web.forms import Form, load_form
from host.web.login import current_user
from host.web.narrowing import narrowing
from host.web.panels import board_links

ALONG = joinedload(Board.columns), joinedload(Board.publication)  # what the page shows of the board itself

bp = Blueprint("boards", __name__)


class BoardForm(Form):
    """`template` is the id of the board after which this one is made."""

    name = fields.Str(load_default="")
    template = fields.Int(load_default=None, validate=validate.Range(1, LARGEST))
    cards = fields.Bool(load_default=False)

    @pre_load
    def without_blanks(self, sent: dict[str, Any], **_more: Any) -> dict[str, Any]:
        return {key: value for key, value in sent.items() if key != "template" or value}


@bp.get("/boards")
def index() -> ResponseReturnValue:
    return boardlist.page()


@bp.post("/boards")
def create() -> ResponseReturnValue:
    try:
        board = _made(load_form(BoardForm))
    except Invalid as invalid:
        db.session.rollback()
        return boardlist.page(request.form, invalid.errors), invalid.status
    db.session.commit()
    return redirect(url_for("boards.show", id=board.id), 303)


@bp.get("/boards/<int:id>")
@cacheable
def show(id: int) -> ResponseReturnValue:  # noqa: A002
    return page(current_user.board(id, *ALONG), request.args.get("add", ""))


def _made(given: Mapping[str, Any]) -> Board:
    if given["template"] is None:
        return Board.create(given["name"], by=current_user, columns=[_("In progress"), _("Waiting")])
    template = current_user.known_board(given["template"])
    return template.copy(given["name"], by=current_user, with_cards=given["cards"])


def page(board: Board, adding: str = "", *, typed: str = "", errors: Messages | None = None) -> str:
    """The whole board; `adding` is the column in which a card is being added, `typed` and `errors` bring its refused
    title back."""
    found = narrowing(current_user)
    view = BoardView(board, current_user, adding=adding, narrowing=found)
    address = url_for("boards.show", id=board.id)
    context: dict[str, Any] = {
        "board": board,
        "about": rendered(board.description),
        "view": view,
        "bar": FilterBar(found, current_user, action=address, people=view.people, board=board),
        "banners": slots.banners(board),
        "panels": board_links(board),
        "watching": current_user in view.watchers,
        "may_run": may_run(current_user, board),
        "typed": typed,
        "typed_in": adding,
        "errors": errors or {},
    }
    return render_template("boards/show.html", **context)
