"""The day by which a card is to be done, if there is one. It is no activity, and nobody is told."""

from datetime import date

from host.events import CARD_DUE_CHANGED
from host.models.card.trait import Trait
from host.models.user import User


class Dated(Trait):
    def set_due(self, on: date | None, by: User) -> None:
        """None takes the day away; the same day changes nothing."""
        if on != self.due_on:
            self.due_on = on
            self.record(CARD_DUE_CHANGED, by=by, due_on=on.isoformat() if on else None)
