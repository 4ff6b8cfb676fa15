"""What the host itself publishes: the card and the board of everything that is recorded."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from host import eventlog
from host.db import db
from host.eventlog import Recorded
from host.events import CARD_DELETED, RecordedBatch, RecordedEvent
from host.live.publish import audience_of
from host.live.topic import EVERYTHING
from host.models import Card

MOST_CARDS = 200  # beyond it, pages of the board had better ask again for all that they show


class Place(NamedTuple):
    """Where something happened."""

    account_id: int
    board_ids: tuple[int, ...]
    card_id: int | None


def publish(recorded: Sequence[Recorded]) -> None:
    """`board N` for each board and `card N` for each card, to those who may see the board."""
    places = [place for each in recorded for place in _places(each)]
    cards = {place.card_id: place for place in places if place.card_id is not None}
    for account_id, board_id in {(place.account_id, board_id) for place in places for board_id in place.board_ids}:
        audience_of(f"board {board_id}", account_id).boards.add(board_id)
        if len(cards) > MOST_CARDS:
            audience_of(EVERYTHING, account_id).boards.add(board_id)
    if len(cards) <= MOST_CARDS:
        _publish_cards(recorded, cards)


def _publish_cards(recorded: Sequence[Recorded], cards: Mapping[int, Place]) -> None:
    for card_id, number in _numbers(cards) if cards else ():
        _publish_card(number, cards[card_id])
    for event in recorded:
        if isinstance(event, RecordedEvent) and event.kind == CARD_DELETED.name:  # of the board: the card is gone
            _publish_card(event.particulars["number"], _place(event))


def _publish_card(number: int, place: Place) -> None:
    audience_of(f"card {number}", place.account_id).boards.update(place.board_ids)


def _places(recorded: Recorded) -> Iterable[Place]:
    if isinstance(recorded, RecordedBatch):
        return (Place(account_id, (board_id,), card_id) for _id, account_id, board_id, card_id in recorded.rows)
    return (_place(recorded),)


def _place(event: RecordedEvent) -> Place:
    """On its board, and the one that the card was moved from."""
    boards = (event.board_id, event.particulars.get("old_board_id"))
    return Place(event.account_id, tuple(board_id for board_id in boards if board_id is not None), event.card_id)


def _numbers(card_ids: Iterable[int]) -> Sequence[tuple[int, int]]:
    """Index: the primary key."""
    ids = list(card_ids)
    rows = db.session.execute(select(Card.id, Card.number).where(Card.id.in_(ids)))
    return [(card_id, number) for card_id, number in rows]


eventlog.listeners.append(publish)
