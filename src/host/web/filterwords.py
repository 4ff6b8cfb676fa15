"""Filters in words: what each value that is asked for is called, and which of them mean nothing any more."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from host.db import db
from host.filters import NOBODY, Due, Filter, Window
from host.i18n import _
from host.models import Board, Place, Tag, User
from host.permissions import visible
from host.plugging import filters as plugged


def places() -> dict[str, str]:
    return {
        Place.MAYBE: _("Maybe?"),
        Place.COLUMN: _("In a column"),
        Place.NOT_NOW: _("Not now"),
        Place.DONE: _("Done"),
    }


def windows() -> dict[str, str]:
    return {
        Window.TODAY: _("today"),
        Window.YESTERDAY: _("yesterday"),
        Window.THIS_WEEK: _("this week"),
        Window.LAST_WEEK: _("last week"),
        Window.THIS_MONTH: _("this month"),
        Window.LAST_MONTH: _("last month"),
        Window.THIS_YEAR: _("this year"),
        Window.LAST_YEAR: _("last year"),
    }


def dues() -> dict[str, str]:
    return {
        Due.OVERDUE: _("Overdue"),
        Due.TODAY: _("Due today"),
        Due.THIS_WEEK: _("Due this week"),
        Due.NEXT_WEEK: _("Due next week"),
        Due.ANY: _("With a date"),
        Due.NONE: _("Without a date"),
    }


def orders() -> dict[str, str]:
    return {"last_active": _("Recently touched"), "newest": _("Newest"), "oldest": _("Oldest")}


@dataclass(frozen=True)
class FilterWords:
    """Of one filter, for one person. What is named is looked up once, and only what the filter asks for."""

    people: Mapping[str, str]
    boards: Mapping[str, str]
    tags: frozenset[str]

    @classmethod
    def of(cls, filter: Filter, actor: User) -> "FilterWords":  # noqa: A002
        """In at most three statements."""
        asked = filter.asked
        people = {*asked.get("assignee", ()), *asked.get("creator", ()), *asked.get("closer", ())} - {NOBODY}
        return cls(_people(people, actor), _boards(asked.get("board", ()), actor), _tags(asked.get("tag", ()), actor))

    def label(self, name: str, value: str) -> str:
        """Such as “Added by Ada”, “Closed last week”."""
        say = SAY.get(name)
        return say(self, value) if say else plugged.title(name)

    def gone(self, filter: Filter) -> list[str]:  # noqa: A002
        """A sentence for each thing that the filter asks for and that is not there, or not to be seen, any more."""
        tags = [tag for tag in filter.asked.get("tag", ()) if tag not in self.tags]
        lines = [_("There is no tag “%(tag)s” any more, so no card has it.", tag=tag) for tag in tags]
        if any(board not in self.boards for board in filter.asked.get("board", ())):
            lines.append(_("A board that this asks for is gone, or not yours to see."))
        return lines

    def person(self, id: str) -> str:  # noqa: A002
        return self.people.get(id, _("Somebody unknown"))


SAY: Mapping[str, Callable[[FilterWords, str], str]] = {
    "board": lambda words, value: words.boards.get(value, _("A board that is gone")),
    "place": lambda _words, value: places()[value],
    "tag": lambda _words, value: value,
    "assignee": lambda words, value: _("Nobody’s") if value == NOBODY else words.person(value),
    "creator": lambda words, value: _("Added by %(name)s", name=words.person(value)),
    "closer": lambda words, value: _("Closed by %(name)s", name=words.person(value)),
    "golden": lambda _words, _value: _("Golden"),
    "stalled": lambda _words, _value: _("Stalled"),
    "due": lambda _words, value: dues()[value],
    "created": lambda _words, value: _("Added %(window)s", window=windows()[value]),
    "closed": lambda _words, value: _("Closed %(window)s", window=windows()[value]),
    "q": lambda _words, value: _("“%(words)s”", words=value),
}


def _people(ids: Iterable[str], actor: User) -> dict[str, str]:
    """Also those who left."""
    wanted = [int(id) for id in ids]  # noqa: A001
    ours = select(User.id, User.name).where(User.account_id == actor.account_id, User.id.in_(wanted))
    return {str(row.id): row.name for row in db.session.execute(ours)} if wanted else {}


def _boards(ids: Iterable[str], actor: User) -> dict[str, str]:
    wanted = [int(id) for id in ids]  # noqa: A001
    seen = select(Board.id, Board.name).where(visible(Board, actor), Board.id.in_(wanted))
    return {str(row.id): row.name for row in db.session.execute(seen)} if wanted else {}


def _tags(titles: Iterable[str], actor: User) -> frozenset[str]:
    wanted = list(titles)
    ours = select(Tag.title).where(Tag.account_id == actor.account_id, Tag.title.in_(wanted))
    return frozenset(db.session.scalars(ours)) if wanted else frozenset()
