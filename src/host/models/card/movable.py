"""Moving a card to another board of the space."""

from sqlalchemy import update

from host.db import db
from host.errors import Invalid
from host.events import CARD_BOARD_CHANGED
from host.i18n import _
from host.models.board import Board
from host.models.card.trait import Trait
from host.models.event import Event
from host.models.user import User


class Movable(Trait):
    def move_to(self, board: Board, by: User) -> None:
        """Move the card and its history; it leaves its column, and its assignees may see the new board.
        Raises Invalid for a board of another space."""
        self.require_published()
        if board.account_id != self.account_id:
            raise Invalid({"board": [_("That board is in another space.")]})
        if board is self.board:
            return
        old = self.board
        self.board = board
        self.column = None
        self.settle()
        board.grant([assignment.user for assignment in self.assignments])
        db.session.flush()
        db.session.execute(update(Event).where(Event.card_id == self.id).values(board_id=board.id))
        self.record(CARD_BOARD_CHANGED, by=by, old_board=old.name, old_board_id=old.id, new_board=board.name)
