"""Stalled: many had a hand in the card, and then nobody for two weeks.

That many have a hand in it is its spike: three comments by two people within ten days (a third of the thirty that cards
have unless a plugin says otherwise: the host knows no other), or that it was given to somebody, or opened again. What
happens by itself is nobody's hand, and only activity ends a stall, not any touch of the row.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, and_, literal
from sqlalchemy.ext.hybrid import hybrid_property

from host.clock import now
from host.models.card.place import AWAKE
from host.models.card.trait import Trait

if TYPE_CHECKING:
    from host.models.card.card import Card

STALLS_AFTER = timedelta(days=14)


class Stallable(Trait):
    @hybrid_property
    def stalled(self) -> bool:
        """As a clause too, `where(Card.stalled)`. Index: ix_card_spiked."""
        since = now() - STALLS_AFTER
        spiked = self.activity_spike_at is not None and self.activity_spike_at <= since
        return spiked and self.place in AWAKE and self.last_active_at <= since

    @stalled.inplace.expression
    @classmethod
    def _stalled(cls) -> ColumnElement[bool]:
        card: Any = cast("type[Card]", cls)
        since = literal(now() - STALLS_AFTER, card.last_active_at.type)
        return and_(card.activity_spike_at <= since, card.last_active_at <= since, card.awake)
