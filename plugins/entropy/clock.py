"""What decides about a card's clock, besides its last activity and the period of its board."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from host import Card, Goldness, db
from plugins.entropy.respite import Respite
from plugins.entropy.resting import Rest, rest_of, with_rest
from plugins.entropy.stay import Stay


class Clock(NamedTuple):
    stays: bool  # because somebody said so
    golden: bool
    respite: datetime | None  # since when, if an undo gave it one
    rest: Rest | None

    def began(self, card: Card) -> datetime:
        """At its last activity, or at a respite after that."""
        return max(card.last_active_at, self.respite or card.last_active_at)


def clocks_of(cards: Sequence[Card]) -> Mapping[int, Clock]:
    """By card id, in one statement. Indexes: the primary keys, and those on card_id."""
    ids = [card.id for card in cards]
    if not ids:
        return {}
    return {
        card_id: Clock(stays, golden, since, rest_of(*told))
        for card_id, stays, golden, since, *told in db.session.execute(_told(), {"ids": ids})
    }


@cache
def _told() -> Select[*tuple[Any, ...]]:
    """Made once: to make it takes longer than to run it."""
    found = (
        select(Card.id, Stay.card_id.is_not(None), Goldness.id.is_not(None), Respite.since)
        .outerjoin(Stay, Stay.card_id == Card.id)
        .outerjoin(Goldness, Goldness.card_id == Card.id)
        .outerjoin(Respite, Respite.card_id == Card.id)
        .where(Card.id.in_(bindparam("ids", expanding=True)))
    )
    return with_rest(found)
