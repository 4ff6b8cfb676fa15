"""Between Maybe? and the columns."""

from host.errors import Invalid
from host.events import CARD_SENT_BACK_TO_TRIAGE, CARD_TRIAGED
from host.i18n import _
from host.models.card.place import Place
from host.models.card.trait import Trait
from host.models.column import Column
from host.models.user import User


class Triageable(Trait):
    def triage_into(self, column: Column, by: User) -> None:
        """Move the card into a column of its board, waking or reopening it.

        Raises Invalid for another board's column, NotFound for one that was taken away meanwhile.
        """
        if column.board_id != self.board_id:
            raise Invalid({"column": [_("That column is on another board.")]})
        if self.place is Place.COLUMN and self.column is column:
            return
        column.hold()
        self.reopen(by)
        self.wake()
        self.column = column
        self.settle()
        self.lie_on_top()
        self.record(CARD_TRIAGED, by=by, column=column.name)

    def send_back_to_triage(self, by: User) -> None:
        """Move the card to Maybe?, waking or reopening it. A card that lies there already stays untouched."""
        if self.place is Place.MAYBE:
            return
        self.reopen(by)
        self.wake()
        self.column = None
        self.settle()
        self.record(CARD_SENT_BACK_TO_TRIAGE, by=by)
