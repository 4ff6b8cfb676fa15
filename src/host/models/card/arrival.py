"""Cards that arrive with a past: from another program, or as an example. Many at once, in a handful of statements.

What the domain methods would have written one by one, with its own times and people: place and the rows that say why,
who watches, and the log, which is history and told to nobody.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert

from host.db import Model, db
from host.eventlog import record_history
from host.events import (
    CARD_AUTO_POSTPONED,
    CARD_CLOSED,
    CARD_POSTPONED,
    CARD_PUBLISHED,
    COMMENT_CREATED,
    EventKind,
)
from host.models.board import Board
from host.models.card.assignable import Assignment
from host.models.card.card import Card
from host.models.card.closeable import Closure
from host.models.card.editable import checked_description, checked_title
from host.models.card.golden import Goldness
from host.models.card.place import Place
from host.models.card.postponable import Postponement
from host.models.card.taggable import Tagging
from host.models.card.watchable import Watch
from host.models.comment import Comment
from host.models.step import Step

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """When and by whom (a user's id) a card was closed or laid to rest."""

    at: datetime
    by: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: whose (a user's id), what and when."""

    by: int
    body: str
    at: datetime


@dataclass(slots=True)
class Arrival:
    """A card as it is to be; people, tags and the column are ids of the board's own space."""

    title: str
    creator: int
    created_at: datetime
    last_active_at: datetime
    description: str = ""
    column: int | None = None
    closed: Mark | None = None
    resting: Mark | None = None
    rested_by_itself: bool = False
    golden: bool = False
    rank: int = 0
    steps: Sequence[tuple[str, datetime | None]] = ()  # the text, and when it was done
    tags: Iterable[int] = ()
    assignees: Sequence[int] = ()
    comments: Sequence[Remark] = ()

    @property
    def place(self) -> Place:
        if self.closed:
            return Place.DONE
        if self.resting:
            return Place.NOT_NOW
        return Place.COLUMN if self.column else Place.MAYBE

    @property
    def watchers(self) -> Iterable[int]:
        """Whoever made the card, has it or spoke on it, once each."""
        return dict.fromkeys((self.creator, *self.assignees, *(remark.by for remark in self.comments)))


def arrive(board: Board, arrivals: Sequence[Arrival]) -> None:
    """Put the cards on the board; they take the next numbers in this order. A few thousand at a time is best.

    Raises Invalid for a title that is empty or too long, or a huge description.
    """
    if not arrivals:
        return
    cards = _cards(board, arrivals)
    for model, rows_of in ROWS.items():
        _insert(model, (row for card, each in cards for row in rows_of(card, each)))
    _watch(board, cards)
    told = [row for card, each in cards for row in _history(card, each)]
    told += _comments([(card, remark) for card, each in cards for remark in each.comments])
    of = {"account_id": board.account_id, "board_id": board.id}
    record_history([{**of, **row} for row in sorted(told, key=lambda row: row["at"])])


def _cards(board: Board, arrivals: Sequence[Arrival]) -> list[tuple[int, Arrival]]:
    """Write the cards themselves; gives their ids, found by their numbers.

    Asking for the ids in order of the rows would cost a statement a row on SQLite; so it would for comments.
    """
    numbers = board.account.next_numbers(len(arrivals))
    rows = [_card(board, each, number) for each, number in zip(arrivals, numbers, strict=True)]
    table = _table(Card)
    ids = {number: id for id, number in db.session.execute(insert(table).returning(table.c.id, table.c.number), rows)}  # noqa: A001
    return [(ids[number], each) for number, each in zip(numbers, arrivals, strict=True)]


def _insert(model: type[Model], rows: Iterable[Row]) -> None:
    if given := list(rows):
        db.session.execute(insert(_table(model)), given)


def _table(model: type[Model]) -> Table:
    """Tables rather than models: the ORM would make a statement of its own for each run of rows with a null."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 -- narrows the type
    return table


def _card(board: Board, each: Arrival, number: int) -> Row:
    away = each.closed or each.resting
    return {
        "account_id": board.account_id,
        "board_id": board.id,
        "column_id": None if each.place is Place.NOT_NOW else each.column,
        "number": number,
        "title": checked_title(each.title),
        "description": checked_description(each.description),
        "place": each.place,
        "creator_id": each.creator,
        "created_at": each.created_at,
        "last_active_at": each.last_active_at,
        "rank": each.rank,
        "put_away_at": away.at if away else None,
    }


def _closure(card: int, each: Arrival) -> Iterator[Row]:
    if each.closed:
        yield {"card_id": card, "creator_id": each.closed.by, "at": each.closed.at}


def _postponement(card: int, each: Arrival) -> Iterator[Row]:
    if each.resting and not each.closed:
        by, at = each.resting.by, each.resting.at
        yield {"card_id": card, "creator_id": by, "automatic": each.rested_by_itself, "at": at}


def _goldness(card: int, each: Arrival) -> Iterator[Row]:
    if each.golden:
        yield {"card_id": card, "creator_id": each.creator, "at": each.created_at}


def _steps(card: int, each: Arrival) -> Iterator[Row]:
    for position, (text, done_at) in enumerate(each.steps):
        yield {"card_id": card, "text": text, "position": position, "done_at": done_at}


def _taggings(card: int, each: Arrival) -> Iterator[Row]:
    for tag in dict.fromkeys(each.tags):
        yield {"card_id": card, "tag_id": tag}


def _assignments(card: int, each: Arrival) -> Iterator[Row]:
    for user in dict.fromkeys(each.assignees):
        yield {"card_id": card, "user_id": user, "at": each.last_active_at}


ROWS: dict[type[Model], Callable[[int, Arrival], Iterator[Row]]] = {
    Closure: _closure,
    Postponement: _postponement,
    Goldness: _goldness,
    Step: _steps,
    Tagging: _taggings,
    Assignment: _assignments,
}


def _watch(board: Board, cards: Sequence[tuple[int, Arrival]]) -> None:
    system = board.account.system.id  # stands in for people unknown, and hears of nothing
    watchers = ((card, user) for card, each in cards for user in each.watchers if user != system)
    _insert(Watch, ({"card_id": card, "user_id": user, "watching": True} for card, user in watchers))


def _comments(remarks: Sequence[tuple[int, Remark]]) -> Iterator[Row]:
    """Write what was said; yields its events."""
    rows = [
        {"card_id": card, "creator_id": remark.by, "body": remark.body, "created_at": remark.at}
        for card, remark in remarks
    ]
    if not rows:
        return
    table = _table(Comment)
    statement = insert(table).returning(table.c.id, table.c.card_id, table.c.creator_id, table.c.created_at)
    for comment, card, by, at in db.session.execute(statement, rows):
        yield _event(COMMENT_CREATED, card, Mark(at, by), comment_id=comment)


def _history(card: int, each: Arrival) -> Iterator[Row]:
    yield _event(CARD_PUBLISHED, card, Mark(each.created_at, each.creator))
    if each.closed:
        yield _event(CARD_CLOSED, card, each.closed)
    elif each.resting and each.rested_by_itself:
        yield {**_event(CARD_AUTO_POSTPONED, card, each.resting, column_id=each.column), "automatic": True}
    elif each.resting:
        yield _event(CARD_POSTPONED, card, each.resting)


def _event(kind: EventKind, card: int, mark: Mark, **particulars: Any) -> Row:
    return {
        "kind": kind.name,
        "card_id": card,
        "creator_id": mark.by,
        "automatic": False,
        "at": mark.at,
        "particulars": particulars,
    }
