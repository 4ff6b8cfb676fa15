"""Pages of the plugin's own: letting a board follow its space again, from the space's settings."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from host import back_to, current_user, db, may_run, require
from plugins.entropy.models import BoardEntropy

bp = Blueprint("entropy", __name__)


@bp.post("/boards/<int:id>/period/delete")
def drop(id: int) -> ResponseReturnValue:  # noqa: A002
    board = current_user.board(id)
    require(may_run(current_user, board))
    BoardEntropy.drop(board)
    db.session.commit()
    return back_to("/settings/plugin/entropy/entropy")
