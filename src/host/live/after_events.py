"""What the host itself publishes: the card and the board of everything that is recorded."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from host import eventlog
from host.db import db
from host.events import CARD_DELETED, RecordedEvent
from host.live.publish import audience_of
from host.live.topic import EVERYTHING
from host.models import Card

MOST_CARDS = 200  # beyond it, pages of the board had better ask again for all that they show


def publish(recorded: Sequence[RecordedEvent]) -> None:
    """`board N` for each board and `card N` for each card, to those who may see the board."""
    for event in recorded:
        for board_id in _boards(event):
            audience_of(f"board {board_id}", event.account_id).boards.add(board_id)
    of_cards = {event.card_id: event for event in recorded if event.card_id is not None and event.board_id is not None}
    if len(of_cards) > MOST_CARDS:
        for event in of_cards.values():
            _publish(EVERYTHING, event)
        return
    for card_id, number in _numbers(of_cards) if of_cards else ():
        _publish(f"card {number}", of_cards[card_id])
    for event in recorded:
        if event.kind == CARD_DELETED.name:
            _publish(f"card {event.particulars['number']}", event)


def _boards(event: RecordedEvent) -> Iterable[int]:
    """The board, and the one that a card was moved from."""
    return (id for id in (event.board_id, event.particulars.get("old_board_id")) if id is not None)  # noqa: A001


def _publish(topic: str, event: RecordedEvent) -> None:
    audience_of(topic, event.account_id).boards.update(_boards(event))


def _numbers(card_ids: Iterable[int]) -> Sequence[tuple[int, int]]:
    """Index: the primary key."""
    ids = list(card_ids)
    rows = db.session.execute(select(Card.id, Card.number).where(Card.id.in_(ids)))
    return [(card_id, number) for card_id, number in rows]


eventlog.listeners.append(publish)
