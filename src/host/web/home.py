"""The first page: the only board, or all of them."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.web import boardlist
from host.web.login import current_user

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    boards = db.session.scalars(current_user.boards).all()
    if len(boards) == 1:
        return redirect(url_for("boards.show", id=boards[0].id))
    return boardlist.page()
