"""Webhooks in the board's menu."""

from collections.abc import Sequence

from host import Board, NavItem, User, _, may_run


def for_board(board: Board, actor: User) -> Sequence[NavItem]:
    """For those who may see to them."""
    if not may_run(actor, board):
        return []
    return [NavItem(_("Webhooks"), page_of(board), weight=80, template="webhooks/menu.html")]


def page_of(board: Board) -> str:
    return f"/boards/{board.id}/settings/webhooks/webhooks"
