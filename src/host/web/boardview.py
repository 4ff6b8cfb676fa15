"""What the board page shows: columns with their cards, in a constant number of statements."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement
from werkzeug.utils import cached_property

from host.errors import NotFound
from host.filters import order
from host.i18n import _
from host.models import Board, Fold, Place, User
from host.plugging.plugin import Badge
from host.web import piles, slots
from host.web.cardrows import CardRow
from host.web.cardview import CardView, views
from host.web.narrowing import Narrowing
from host.web.piles import Pile
from host.web.scrolled import FURTHEST, scrolled

FIRST = 16  # cards of a column in the first answer; in each of those that come as one scrolls there are FURTHEST

Draw = Callable[[Sequence[CardRow]], list[CardView]]


@dataclass
class ColumnView:
    """A column as the page draws it, whether it is a place of every board or one of the board's own."""

    dom_id: str
    name: str
    hue: str
    place: Place
    board: Board
    column_id: int | None = None
    index: int = 0  # among the board's own
    laid: bool = False  # its cards lie where they are put
    icon: str = ""
    cap: int | None = None
    count: int = 0
    first: int = FIRST  # so many of its cards come at first
    collapsed: bool = False
    stream: bool = False
    swapped: bool = False  # it answers a change and takes the place of the one on the screen
    adding: bool = False  # the form that adds a card stands open in it; Maybe? always has one
    cards: Sequence[CardView] = field(default_factory=list)
    more_url: str | None = None
    badges: Sequence[Badge] = ()
    only: Sequence[ColumnElement[bool]] = ()  # what its cards must meet
    sort: str = order.FIRST
    asked: Mapping[str, Any] = field(default_factory=dict)  # both, in words of an address

    @property
    def hint(self) -> str:
        return _("Right to begin, left to rest") if self.stream else ""

    @property
    def crowded(self) -> bool:
        """Whether it holds more than its cap; of some of its cards alone one cannot tell."""
        return self.cap is not None and not self.only and self.count > self.cap

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
    def by_hand(self) -> bool:
        return self.pile.by_hand

    @property
    def position(self) -> int | None:
        return self.index if self._changes else None

    @property
    def fold_url(self) -> str | None:
        return None if self.stream else url_for("folds.update", board_id=self.board.id, key=self.dom_id, **self.asked)

    @property
    def add_url(self) -> str | None:
        if not self._changes:
            return None
        anchor = f"new-title-{self.dom_id}"
        return url_for("boards.show", id=self.board.id, add=self.dom_id, _anchor=anchor, **self.asked)

    @property
    def edit_url(self) -> str | None:
        return url_for("columns.edit", board_id=self.board.id, id=self.column_id) if self._changes else None

    @property
    def _changes(self) -> bool:
        return self.column_id is not None and self.board.archived_at is None

    @property
    def move(self) -> str:
        """The resource that puts a card here, below the card's address."""
        return {Place.DONE: "closure", Place.NOT_NOW: "postponement", Place.MAYBE: "triage/delete"}.get(
            self.place, "triage"
        )

    @property
    def pile(self) -> Pile:
        return Pile(self.board.id, self.place, self.column_id, self.laid, self.sort)

    def more(self, shown: int) -> str | None:
        if shown >= self.count:
            return None
        return url_for("columns.cards", board_id=self.board.id, key=self.dom_id, after=shown, **self.asked)


def places(board: Board) -> list[ColumnView]:
    """Its columns as they stand, before anything is known of their cards."""
    return [
        ColumnView("not_now", _("Not now"), "soil", Place.NOT_NOW, board, icon="rest"),
        ColumnView("maybe", _("Maybe?"), "stone", Place.MAYBE, board, stream=True),
        *(
            ColumnView(str(own.id), own.name, own.hue, Place.COLUMN, board, own.id, index, own.by_hand, cap=own.cap)
            for index, own in enumerate(board.columns)
        ),
        ColumnView("done", _("Done"), "straw", Place.DONE, board, icon="check"),
    ]


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
        shown = by_column((column for column in columns if not column.collapsed), views)
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
        folded, deep = Fold.keys(self.actor, self.board), scrolled()
        columns = places(self.board)
        for column in columns:
            column.count = counts[column.place, column.column_id]
            column.first = max(FIRST, deep.get(column.dom_id, 0))
            column.adding = column.stream or (column.column_id is not None and column.dom_id == self.adding)
            column.adding = column.adding and self.board.archived_at is None
            column.collapsed = column.dom_id in folded and not column.adding
            column.only, column.sort, column.asked = only, self.narrowing.filter.sort, self.narrowing.asked
        return columns

    @cached_property
    def badges(self) -> Mapping[str, Sequence[Badge]]:
        """What plugins say in the heads of its columns."""
        return slots.column_badges(self.board)

    @property
    def bare(self) -> bool:
        """Whether the board has no card at all, and could have one."""
        awaits_some = self.board.archived_at is None and not self.narrowing.filter
        return awaits_some and not any(column.count for column in self.frames)

    @cached_property
    def people(self) -> list[User]:
        return [person for person, _watching in self._involved]

    @cached_property
    def watchers(self) -> list[User]:
        """Those of them who hear of all that happens here."""
        return [person for person, watching in self._involved if watching]

    @cached_property
    def _involved(self) -> list[tuple[User, bool]]:
        return self.board.involved

    def column(self, key: str) -> ColumnView:
        """One column without cards, by "maybe", "not_now", "done" or its id. Raises NotFound."""
        for column in self.frames:
            if column.dom_id == key:
                return column
        raise NotFound(_("There is no such column on this board."))

    def reach(self, key: str, count: int) -> None:
        """Let so many cards of this column come at first, if it is not too many."""
        column = self.column(key)
        column.first = max(column.first, min(count, FURTHEST))

    def opened(self, key: str) -> ColumnView:
        """One column with its first cards, if it is not folded."""
        column = self.column(key)
        if not column.collapsed:
            column.cards = by_column([column], views).get(key, [])
        column.badges = self.badges[key]
        column.more_url = column.more(len(column.cards))
        return column

    def further(self, key: str, offset: int) -> ColumnView:
        """One column with the cards after the first `offset`."""
        column = further(self.column(key), offset, views)
        column.more_url = column.more(offset + len(column.cards))
        return column


def by_column(columns: Iterable[ColumnView], draw: Draw) -> dict[str, list[CardView]]:
    """The first cards of several columns by the columns' keys. All of them must meet the same."""
    full = [column for column in columns if column.count]
    found: dict[str, list[CardView]] = {}
    only = full[0].only if full else ()
    for rows in piles.top([(column.pile, column.first) for column in full], only):
        for view in draw(rows):
            found.setdefault(view.column_key, []).append(view)
    return found


def further(column: ColumnView, offset: int, draw: Draw) -> ColumnView:
    """The column with the cards after the first `offset`."""
    column.cards = draw(piles.below(column.pile, offset, FURTHEST, column.only))
    return column
