"""Watching a board: hearing of all that happens on its cards."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.web.forms import back_to
from host.web.login import current_user

bp = Blueprint("boardwatches", __name__, url_prefix="/boards/<int:id>/watch")


@bp.post("")
def create(id: int) -> ResponseReturnValue:  # noqa: A002
    return _watch(id, watching=True)


@bp.post("/delete")
def delete(id: int) -> ResponseReturnValue:  # noqa: A002
    return _watch(id, watching=False)


def _watch(id: int, *, watching: bool) -> ResponseReturnValue:  # noqa: A002
    current_user.board(id).watch(current_user, watching=watching)
    db.session.commit()
    return back_to(url_for("boards.show", id=id))
