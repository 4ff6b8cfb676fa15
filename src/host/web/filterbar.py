"""The bar that narrows cards, on a board and over all boards: its choices, what is asked for, and the ways back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup
from sqlalchemy import Select, bindparam, select
from werkzeug.utils import cached_property

from host.db import db
from host.filters import NOBODY, Filter
from host.i18n import _
from host.models import Board, SavedView, Tag, User
from host.models.typed import row_id
from host.web import filterwords
from host.web.cardrows import PersonView
from host.web.drawn import drawn, drawn_anew
from host.web.filterwords import FilterWords
from host.web.narrowing import Narrowing

MOST_TAGS = 200  # offered; any other can be asked for in the address


class Choice(NamedTuple):
    """A box or a circle to press; it can be hashed, so that a list that was drawn once need not be drawn again."""

    value: str
    label: str
    chosen: bool
    hue: str = ""
    person: PersonView | None = None


@dataclass(frozen=True)
class Chip:
    """Something that is asked for, and the address without it."""

    label: str
    url: str


class FilterBar:
    """`action` is the page's address without any words; `boards` are given where the page shows several, `board` where
    it shows the columns of one."""

    def __init__(
        self,
        narrowing: Narrowing,
        actor: User,
        *,
        action: str,
        people: Sequence[User],
        boards: Iterable[Board] = (),
        board: Board | None = None,
    ) -> None:
        self.filter, self.view = narrowing.filter, narrowing.view
        self.actor = actor
        self.action = action
        self.people = people
        self.boards = boards
        self.board = board

    @cached_property
    def words(self) -> FilterWords:
        return FilterWords.of(self.filter, self.actor)

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(self.words.label(name, value), self._url(self.filter.without(name, value)))
            for name, values in self.filter.asked.items()
            for value in values
        ]

    @property
    def gone(self) -> list[str]:
        return self.words.gone(self.filter)

    @property
    def query(self) -> str:
        """What is asked for as one text, for the form that keeps it."""
        return urlencode(self.filter.query, doseq=True)

    @cached_property
    def saved(self) -> SavedView | None:
        """The view that the address names, if it is this person's."""
        id = row_id(self.view)  # noqa: A001
        return db.session.scalars(SavedView.of(self.actor).where(SavedView.id == id)).first() if id else None

    @property
    def changed(self) -> bool:
        """Whether something else is asked for than by that view."""
        kept = Filter.kept(self.saved.asked) if self.saved else Filter()
        return kept != (self.filter.put("board", [str(self.board.id)]) if self.board else self.filter)

    @property
    def plugged(self) -> Mapping[str, str]:
        """The plugins' words, which have their own switches and go along with the form."""
        return {name: values[0] for name, values in self.filter.asked.items() if name not in filterwords.SAY}

    def boxes(self, name: str, choices: Iterable[Choice]) -> Markup:
        """Those of a criterion that may have several values. On most pages none is chosen."""
        boxes = tuple(choices)
        draw = drawn_anew if any(box.chosen for box in boxes) else drawn
        return draw("filters/_boxes.html", name=name, choices=boxes)

    def text(self, name: str) -> str:
        """The one value of a criterion that has no more."""
        return next(iter(self.filter.asked.get(name, ())), "")

    @cached_property
    def tags(self) -> list[Choice]:
        ours = db.session.execute(_tags(), {"account": self.actor.account_id})
        return [self._choice("tag", title, title, hue=hue) for title, hue in ours]

    @property
    def assignees(self) -> list[Choice]:
        return [self._choice("assignee", NOBODY, _("Nobody")), *self._people("assignee")]

    @property
    def creators(self) -> list[Choice]:
        return self._people("creator")

    @property
    def closers(self) -> list[Choice]:
        return self._people("closer")

    @property
    def some_boards(self) -> list[Choice]:
        return [self._choice("board", str(board.id), board.name) for board in self.boards]

    @property
    def places(self) -> list[Choice]:
        return [self._choice("place", value, label) for value, label in filterwords.places().items()]

    @property
    def marks(self) -> list[tuple[str, str]]:
        return [("golden", _("Golden")), ("stalled", _("Stalled"))]

    @property
    def dues(self) -> list[Choice]:
        return [self._choice("due", value, label) for value, label in filterwords.dues().items()]

    @property
    def windows(self) -> list[tuple[str, str]]:
        return [("", _("Any time")), *filterwords.windows().items()]

    @property
    def orders(self) -> list[Choice]:
        words = filterwords.orders()
        return [Choice(value, label, value == self.filter.sort) for value, label in words.items()]

    def _people(self, name: str) -> list[Choice]:
        return [self._choice(name, str(person.id), person.name, person=PersonView.of(person)) for person in self.people]

    def _choice(self, name: str, value: str, label: str, **more: Any) -> Choice:
        return Choice(value, label, value in self.filter.asked.get(name, ()), **more)

    def _url(self, filter: Filter) -> str:  # noqa: A002
        query = urlencode(Narrowing(filter, view=self.view).asked, doseq=True)
        return f"{self.action}?{query}" if query else self.action


@cache
def _tags() -> Select[str, str]:
    """Made once: each board asks. Index: uq_tag_account_id_title."""
    ours = select(Tag.title, Tag.hue).where(Tag.account_id == bindparam("account"))
    return ours.order_by(Tag.title).limit(MOST_TAGS)
