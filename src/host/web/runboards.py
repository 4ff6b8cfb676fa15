"""Boards that whoever asks may run, for pages and the API alike."""

from host.models import Board
from host.permissions import may_run, require
from host.web.login import current_user


def run_by_me(id: int) -> Board:  # noqa: A002
    """Raises NotFound for a board that one may not know of, Forbidden for one that others run, and where something may
    be written for one in the archive."""
    board = current_user.board(id)
    require(may_run(current_user, board))
    return board


def run_by_me_or_archived(id: int) -> Board:  # noqa: A002
    """The same, also for a board in the archive."""
    board = current_user.known_board(id)
    require(may_run(current_user, board))
    return board
