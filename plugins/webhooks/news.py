"""An event as a webhook's board is to hear of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from host import CARD_BOARD_CHANGED, CARD_WHOLE, COMMENT_CREATED, Board, Card, Comment, Event, User, db, now
from plugins.webhooks.kinds import TEST, UNHEARD


@dataclass(frozen=True)
class News:
    kind: str
    board: Board
    at: datetime
    event: Event | None = None
    card: Card | None = None
    comment: Comment | None = None
    actor: User | None = None
    particulars: Mapping[str, Any] = field(default_factory=dict)

    @property
    def event_id(self) -> int | None:
        return self.event.id if self.event else None

    @property
    def automatic(self) -> bool:
        return self.event is not None and self.event.automatic

    @property
    def lane(self) -> int:
        """What is told in order: of one card by its number, of the board itself by 0."""
        number = self.card.number if self.card else self.particulars.get("number")
        return int(number or 0)


def of_test(board: Board, by: User) -> News:
    """Of somebody who tries a webhook."""
    return News(TEST, board, now(), actor=by)


def news_of(event_ids: Sequence[int]) -> list[News]:
    """In the order of the log. Without what no webhook hears of."""
    whole = (joinedload(Event.creator), selectinload(Event.card).options(joinedload(Card.board), *CARD_WHOLE))
    found = select(Event).where(Event.id.in_(event_ids), Event.board_id.is_not(None), Event.kind.not_in(UNHEARD))
    events = db.session.scalars(found.order_by(Event.id).options(*whole)).all()
    boards = _boards({each for event in events for each in (event.board_id, _left(event)) if each})
    comments = _comments(events)
    return [news for event in events for news in _told(event, boards, comments)]


def _told(event: Event, boards: Mapping[int, Board], comments: Mapping[int, Comment]) -> Iterator[News]:
    """To the board that a card left only that it did: where it went may be none of their affair."""
    here, left = boards.get(event.board_id or 0), boards.get(_left(event) or 0)
    if here is not None:
        comment = comments.get(event.particulars.get("comment_id", 0))
        yield News(event.kind, here, event.at, event, event.card, comment, event.creator, event.particulars)
    if left is not None and event.card is not None:
        gone = {"number": event.card.number, "title": event.card.title, "old_board": left.name, "old_board_id": left.id}
        yield News(event.kind, left, event.at, event, actor=event.creator, particulars=gone)


def _left(event: Event) -> int | None:
    """The board that a card was moved away from."""
    return event.particulars.get("old_board_id") if event.kind == CARD_BOARD_CHANGED.name else None


def _boards(ids: Collection[int]) -> dict[int, Board]:
    return {board.id: board for board in db.session.scalars(select(Board).where(Board.id.in_(ids)))}


def _comments(events: Sequence[Event]) -> dict[int, Comment]:
    ids = [event.particulars.get("comment_id") for event in events if event.kind == COMMENT_CREATED.name]
    if not ids:
        return {}
    said = select(Comment).where(Comment.standing, Comment.id.in_(ids)).options(joinedload(Comment.creator))
    return {comment.id: comment for comment in db.session.scalars(said)}
