"""What the board page shows: columns with their cards, in a constant number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, select, union_all
from werkzeug.utils import cached_property

from host.db import db
from host.errors import NotFound
from host.i18n import _
from host.models import Board, Card, Fold, Goldness, Place, User
from host.plugging.plugin import Badge
from host.web import slots
from host.web.cardview import CardView, views
from host.web.narrowing import Narrowing

FIRST = 50  # cards of a column in the first answer; the rest come as one scrolls
TOGETHER = 100  # columns read in one statement: SQLite takes 500 parts of a union and 32,766 values


@dataclass
class ColumnView:
    """A column as the page draws it, whether it is a place of every board or one of the board's own."""

    dom_id: str
    name: str
    hue: str
    place: Place
    board: Board
    column_id: int | None = None
    icon: str = ""
    count: int = 0
    collapsed: bool = False
    stream: bool = False
    swapped: bool = False  # it answers a change and takes the place of the one on the screen
    adding: bool = False  # the form that adds a card stands open in it; Maybe? always has one
    cards: Sequence[CardView] = field(default_factory=list)
    more_url: str | None = None
    badges: Sequence[Badge] = ()
    only: Sequence[ColumnElement[bool]] = ()  # what its cards must meet
    asked: Mapping[str, Any] = field(default_factory=dict)  # the same, in words of an address

    @property
    def hint(self) -> str:
        return _("Right to begin, left to rest") if self.stream else ""

    @property
    def nothing(self) -> str:
        """What an empty one says."""
        if self.only:
            return _("No such card here.")
        return {
            Place.MAYBE: _("Nothing waits here."),
            Place.NOT_NOW: _("Nothing rests here."),
            Place.DONE: _("Nothing is done yet."),
        }.get(self.place, _("No cards."))

    @property
    def fold_url(self) -> str | None:
        return None if self.stream else url_for("folds.update", board_id=self.board.id, key=self.dom_id, **self.asked)

    @property
    def add_url(self) -> str | None:
        if not self.column_id:
            return None
        anchor = f"new-title-{self.dom_id}"
        return url_for("boards.show", id=self.board.id, add=self.dom_id, _anchor=anchor, **self.asked)

    @property
    def edit_url(self) -> str | None:
        return url_for("columns.edit", board_id=self.board.id, id=self.column_id) if self.column_id else None

    @property
    def move(self) -> str:
        """The resource that puts a card here, below the card's address."""
        return {Place.DONE: "closure", Place.NOT_NOW: "postponement", Place.MAYBE: "triage/delete"}.get(
            self.place, "triage"
        )

    def query(self, offset: int = 0) -> Select[int]:
        """Ids of its cards as they lie: golden first, then the last touched.

        Index: ix_card_board_id_place_column_id_last_active_at.
        """
        ids = select(Card.id).where(Card.board_id == self.board.id, Card.place == self.place, *self.only)
        if self.column_id is not None:
            ids = ids.where(Card.column_id == self.column_id)
        if self.place in (Place.MAYBE, Place.COLUMN):
            ids = ids.outerjoin(Goldness, Goldness.card_id == Card.id).order_by(Goldness.id.is_(None))
        return ids.order_by(Card.last_active_at.desc(), Card.id.desc()).offset(offset).limit(FIRST)

    def more(self, shown: int) -> str | None:
        if shown >= self.count:
            return None
        return url_for("columns.cards", board_id=self.board.id, key=self.dom_id, after=shown, **self.asked)


class BoardView:
    """A board for one person."""

    def __init__(self, board: Board, actor: User, *, adding: str = "", narrowing: Narrowing | None = None) -> None:
        """`adding` is the key of the column in which a card is being added; it is open, folded or not."""
        self.board = board
        self.actor = actor
        self.adding = adding
        self.narrowing = narrowing or Narrowing()

    @cached_property
    def columns(self) -> list[ColumnView]:
        """Every column; the open ones with their first cards, the folded ones with none yet."""
        columns = self.frames
        shown = views_by_column([column for column in columns if not column.collapsed])
        for column in columns:
            column.cards = shown.get(column.dom_id, [])
            column.badges = self.badges[column.dom_id]
            column.more_url = column.more(len(column.cards))
        return columns

    @cached_property
    def frames(self) -> list[ColumnView]:
        """The columns without cards: Not now, Maybe?, the board's own, Done."""
        only = self.narrowing.on(self.board)
        counts = self.board.counts(*only)
        folded = Fold.keys(self.actor, self.board)
        columns = [
            ColumnView("not_now", _("Not now"), "soil", Place.NOT_NOW, self.board, icon="rest"),
            ColumnView("maybe", _("Maybe?"), "stone", Place.MAYBE, self.board, stream=True),
            *(
                ColumnView(str(own.id), own.name, own.hue, Place.COLUMN, self.board, own.id)
                for own in self.board.columns
            ),
            ColumnView("done", _("Done"), "straw", Place.DONE, self.board, icon="check"),
        ]
        for column in columns:
            column.count = counts[column.place, column.column_id]
            column.adding = column.stream or (column.column_id is not None and column.dom_id == self.adding)
            column.collapsed = column.dom_id in folded and not column.adding
            column.only, column.asked = only, self.narrowing.asked
        return columns

    @cached_property
    def badges(self) -> Mapping[str, Sequence[Badge]]:
        """What plugins say in the heads of its columns."""
        return slots.column_badges(self.board)

    @property
    def bare(self) -> bool:
        """Whether the board has no card at all."""
        return not self.narrowing.asked and not any(column.count for column in self.frames)

    @cached_property
    def people(self) -> list[User]:
        return self.board.people

    def column(self, key: str) -> ColumnView:
        """One column without cards, by "maybe", "not_now", "done" or its id. Raises NotFound."""
        for column in self.frames:
            if column.dom_id == key:
                return column
        raise NotFound(_("There is no such column on this board."))

    def opened(self, key: str) -> ColumnView:
        """One column with its first cards, if it is not folded."""
        column = self.column(key)
        if not column.collapsed:
            column.cards = views_by_column([column]).get(key, [])
        column.badges = self.badges[key]
        column.more_url = column.more(len(column.cards))
        return column

    def further(self, key: str, offset: int) -> ColumnView:
        """One column with the cards after the first `offset`."""
        column = self.column(key)
        column.cards = views(cards_in_order(db.session.scalars(column.query(offset)).all()))
        column.more_url = column.more(offset + len(column.cards))
        return column


def views_by_column(columns: Sequence[ColumnView]) -> dict[str, list[CardView]]:
    """The first cards of several columns by the columns' keys."""
    by_column: dict[str, list[CardView]] = {}
    for start in range(0, len(columns), TOGETHER):
        for view in views(cards_in_order(first_ids(columns[start : start + TOGETHER]))):
            by_column.setdefault(view.column_key, []).append(view)
    return by_column


def first_ids(columns: Iterable[ColumnView]) -> Sequence[int]:
    """Of all these columns in one statement."""
    parts = (column.query().subquery() for column in columns)
    return db.session.scalars(union_all(*(select(part.c.id) for part in parts))).all()


def cards_in_order(ids: Sequence[int]) -> list[Card]:
    found = {card.id: card for card in db.session.scalars(select(Card).where(Card.id.in_(ids)))}
    return [found[id] for id in ids if id in found]  # noqa: A001
