"""The first page: the only board, or all of them."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.web.login import current_user

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    boards = db.session.scalars(current_user.boards).all()
    if len(boards) == 1:
        return redirect(url_for("boards.show", id=boards[0].id))
    return render_template("boards/index.html", board_list=boards)
