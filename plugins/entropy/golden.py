"""Golden cards, where the space lets them stay awake."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from host import Card, Goldness, db
from plugins.entropy.period import Period


def staying(cards: Iterable[Card], periods: Mapping[int, Period]) -> frozenset[int]:
    """The ids of those that stay awake because they are golden. One statement, or none where gold does not matter."""
    ids = [card.id for card in cards if periods[card.board_id].golden_stays]
    if not ids:
        return frozenset()
    return frozenset(db.session.scalars(select(Goldness.card_id).where(Goldness.card_id.in_(ids))))
