"""In what order cards are shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from host.models.card import AWAY, Card, Place
from host.models.card.lying import LYING

Order = Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]]

FIRST = "last_active"  # where nobody asked for another
PUT_AWAY: Order = (Card.put_away_at.desc(), Card.id.desc())

ORDERS: Mapping[str, Order] = {
    FIRST: (Card.last_active_at.desc(), Card.id.desc()),
    "newest": (Card.created_at.desc(), Card.id.desc()),
    "oldest": (Card.created_at, Card.id),
}

# Where people lay the cards of a column, and asked for nothing else.
BY_HAND: Order = LYING


def order_in(place: Place, asked: Order) -> Order:
    """Of the cards that lie there: in Not now and Done what came last is first, unless another order was asked for."""
    return PUT_AWAY if place in AWAY and asked is ORDERS[FIRST] else asked
