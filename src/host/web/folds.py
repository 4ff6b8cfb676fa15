"""Which columns a person keeps folded."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.models import Fold
from host.web.boardview import BoardView
from host.web.forms import from_htmx
from host.web.login import current_user
from host.web.narrowing import narrowing

bp = Blueprint("folds", __name__)


@bp.post("/boards/<int:board_id>/folds/<key>")
def update(board_id: int, key: str) -> ResponseReturnValue:
    board = current_user.known_board(board_id)  # how one looks at a board changes nothing of it
    BoardView(board, current_user).column(key)
    Fold.set(current_user, board, key, folded=request.form.get("folded") == "1")
    db.session.commit()
    found = narrowing(current_user)
    if from_htmx():
        view = BoardView(board, current_user, narrowing=found)
        return render_template("boards/_column.html", column=view.opened(key))
    return redirect(url_for("boards.show", id=board_id, **found.asked), 303)
