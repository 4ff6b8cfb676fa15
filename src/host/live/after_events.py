"""What the host itself publishes: the card and the board of everything that is recorded."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from host.db import db
from host.eventlog import Recorded
from host.events import CARD_DELETED, RecordedBatch, RecordedEvent
from host.live.publish import audience_of
from host.live.stream import MOST_WAITING
from host.live.topic import EVERYTHING
from host.models import Card

# Beyond it, pages of the board had better ask again for all they show: a stream would make one word of more anyway.
MOST_CARDS = MOST_WAITING - 4


class Place(NamedTuple):
    """Where something happened."""

    account_id: int
    board_ids: tuple[int, ...]


def publish(recorded: Sequence[Recorded]) -> None:
    """`board N` for each board and `card N` for each card, to those who may see the board."""
    many = sum(_size(each) for each in recorded) > MOST_CARDS
    for account_id, board_id in {where for each in recorded for where in _boards(each)}:
        audience_of(f"board {board_id}", account_id).boards.add(board_id)
        if many:
            audience_of(EVERYTHING, account_id).boards.add(board_id)
    if not many:
        _publish_cards(recorded)


def _publish_cards(recorded: Sequence[Recorded]) -> None:
    cards = {card_id: place for each in recorded for card_id, place in _cards(each)}
    for card_id, number in _numbers(cards) if cards else ():
        _publish_card(number, cards[card_id])
    for event in recorded:
        if isinstance(event, RecordedEvent) and event.kind == CARD_DELETED.name:  # of the board: the card is gone
            _publish_card(event.particulars["number"], _place(event))


def _publish_card(number: int, place: Place) -> None:
    audience_of(f"card {number}", place.account_id).boards.update(place.board_ids)


def _size(recorded: Recorded) -> int:
    return len(recorded.card_ids) if isinstance(recorded, RecordedBatch) else 1


def _boards(recorded: Recorded) -> Iterable[tuple[int, int]]:
    """With their spaces."""
    if isinstance(recorded, RecordedBatch):
        return zip(recorded.account_ids, recorded.board_ids, strict=True)
    return ((recorded.account_id, board_id) for board_id in _place(recorded).board_ids)


def _cards(recorded: Recorded) -> Iterable[tuple[int, Place]]:
    if isinstance(recorded, RecordedBatch):
        rows = zip(recorded.card_ids, recorded.account_ids, recorded.board_ids, strict=True)
        return ((card_id, Place(account_id, (board_id,))) for card_id, account_id, board_id in rows)
    return () if recorded.card_id is None else ((recorded.card_id, _place(recorded)),)


def _place(event: RecordedEvent) -> Place:
    """On its board, and the one that the card was moved from."""
    boards = (event.board_id, event.particulars.get("old_board_id"))
    return Place(event.account_id, tuple(board_id for board_id in boards if board_id is not None))


def _numbers(card_ids: Iterable[int]) -> Sequence[tuple[int, int]]:
    """Index: the primary key."""
    ids = list(card_ids)
    rows = db.session.execute(select(Card.id, Card.number).where(Card.id.in_(ids)))
    return [(card_id, number) for card_id, number in rows]

