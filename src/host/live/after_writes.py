"""What changes without an event, and is on people's pages all the same: steps, tags, gold, edited comments, columns,
a board's name, where a card lies in its column."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import object_session

from host.db import Session, db
from host.live import telling
from host.live.publish import audience_of
from host.live.topic import EVERYTHING
from host.models import (
    Attachment,
    Board,
    Card,
    Column,
    Comment,
    Cover,
    Goldness,
    Place,
    Reaction,
    Removal,
    Step,
    Tag,
    Tagging,
)

CARDS, BOARDS = "live_cards", "live_boards"  # ids that the running transaction has written something of
MOST_IN_A_QUERY = 500  # a statement takes only so many values


def _note(_mapper: Any, _connection: Any, row: Any) -> None:
    session = object_session(row)
    assert session is not None  # noqa: S101 -- it is being flushed
    if isinstance(row, Board | Column):
        session.info.setdefault(BOARDS, set()).add(row.id if isinstance(row, Board) else row.board_id)
    else:
        session.info.setdefault(CARDS, set()).add(row.card_id)


def _note_change(mapper: Any, connection: Any, row: Any) -> None:
    """Something added to a board's collections is no change of the board's own."""
    session = object_session(row)
    if session is not None and session.is_modified(row, include_collections=False):
        _note(mapper, connection, row)


def _note_everywhere(_mapper: Any, _connection: Any, tag: Tag) -> None:
    """It may be on any card."""
    audience_of(EVERYTHING, tag.account_id).everybody = True


def _note_lying(_mapper: Any, _connection: Any, card: Card) -> None:
    session = object_session(card)
    if session is not None and inspect(card).attrs.rank.history.has_changes():
        session.info.setdefault(BOARDS, set()).add(card.board_id)


event.listen(Card, "after_update", _note_lying)
event.listen(Tag, "after_update", _note_everywhere)
event.listen(Tag, "after_delete", _note_everywhere)
for model in (Attachment, Comment, Cover, Goldness, Reaction, Removal, Step, Tagging, Board, Column):
    event.listen(model, "after_insert", _note)
    event.listen(model, "after_update", _note_change)
    event.listen(model, "after_delete", _note)


def publish_noted(session: Session) -> None:
    """`card N` and `board N`, to those who may see the board."""
    session.flush()
    cards, boards = (sorted(session.info.pop(noted, ())) for noted in (CARDS, BOARDS))
    for first in range(0, len(cards), MOST_IN_A_QUERY):
        _publish_cards(cards[first : first + MOST_IN_A_QUERY])
    if boards:
        for account_id, board_id in db.session.execute(select(Board.account_id, Board.id).where(Board.id.in_(boards))):
            audience_of(f"board {board_id}", account_id).boards.add(board_id)


def _publish_cards(ids: Sequence[int]) -> None:
    found = select(Card.account_id, Card.board_id, Card.number).where(Card.id.in_(ids), Card.place != Place.DRAFT)
    for account_id, board_id, number in db.session.execute(found):
        for topic in (f"card {number}", f"board {board_id}"):
            audience_of(topic, account_id).boards.add(board_id)


# Whoever publishes must have spoken before the topics are given their audience.
Session.before_commit.insert(Session.before_commit.index(telling.address), publish_noted)
