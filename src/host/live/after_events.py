"""What the host itself publishes: the card and the board of everything that is recorded."""

from collections.abc import Iterable, Mapping, Sequence

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
    boards = {(event.account_id, board_id) for event in recorded for board_id in _boards(event)}
    cards = {event.card_id: event for event in recorded if event.card_id is not None}
    for account_id, board_id in boards:
        audience_of(f"board {board_id}", account_id).boards.add(board_id)
        if len(cards) > MOST_CARDS:
            audience_of(EVERYTHING, account_id).boards.add(board_id)
    if len(cards) <= MOST_CARDS:
        _publish_cards(recorded, cards)


def _publish_cards(recorded: Sequence[RecordedEvent], cards: Mapping[int, RecordedEvent]) -> None:
    for card_id, number in _numbers(cards) if cards else ():
        _publish_card(number, cards[card_id])
    for event in recorded:
        if event.kind == CARD_DELETED.name:  # an event of the board: the card is gone
            _publish_card(event.particulars["number"], event)


def _publish_card(number: int, event: RecordedEvent) -> None:
    audience_of(f"card {number}", event.account_id).boards.update(_boards(event))


def _boards(event: RecordedEvent) -> Iterable[int]:
    """The board, and the one that a card was moved from."""
    return (id for id in (event.board_id, event.particulars.get("old_board_id")) if id is not None)  # noqa: A001


def _numbers(card_ids: Iterable[int]) -> Sequence[tuple[int, int]]:
    """Index: the primary key."""
    ids = list(card_ids)
    rows = db.session.execute(select(Card.id, Card.number).where(Card.id.in_(ids)))
    return [(card_id, number) for card_id, number in rows]


eventlog.listeners.append(publish)
