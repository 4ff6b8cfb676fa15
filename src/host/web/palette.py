"""The command palette: everywhere that one can go and what one can do, in one list that is narrowed by typing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from host.db import db
from host.i18n import _
from host.models import Board, SavedView
from host.plugging.plugin import NavItem
from host.web import settings, slots
from host.web.forms import from_htmx, local
from host.web.login import current_account, current_user

BOARD = re.compile(r"/boards/(\d{1,18})(?:[/?#]|$)")

bp = Blueprint("palette", __name__)


@dataclass(frozen=True)
class Entry:
    """A line: a way to somewhere, or with `values` a form that does something."""

    title: str
    url: str
    icon: str = "right"
    values: Mapping[str, str] | None = None
    about: str = ""  # said behind it, and found by typing too


@dataclass(frozen=True)
class Group:
    title: str
    entries: Sequence[Entry] = field(default_factory=list)


@bp.get("/palette")
def show() -> ResponseReturnValue:
    """`from` is the page on which it was opened."""
    came_from = local(request.args.get("from", "")) or "/"
    template = "palette/_entries.html" if from_htmx() else "palette/index.html"
    return render_template(template, groups=[group for group in _groups(came_from) if group.entries])


def _groups(came_from: str) -> Iterable[Group]:
    boards = db.session.scalars(current_user.boards).all()
    yield Group(_("Do"), [*_adding(boards, came_from), *_doings(came_from)])
    yield Group(_("Boards"), [Entry(each.name, url_for("boards.show", id=each.id), "boards") for each in boards])
    views = db.session.scalars(SavedView.of(current_user))
    yield Group(_("Your views"), [Entry(each.name, url_for("views.show", id=each.id), "eye") for each in views])
    yield Group(_("Cards"), _cards())
    yield Group(_("Go to"), _places())
    people = ((each.name, url_for("activity.person", id=each.id), each.handle) for each in current_account.people)
    yield Group(_("People"), [Entry(name, url, "person", about=f"@{handle}") for name, url, handle in people])
    yield Group(_("Settings"), [Entry(*link) for _heading, links in settings.subnav() for link in links])


def _adding(boards: Sequence[Board], came_from: str) -> Iterable[Entry]:
    """A card on the board that is on the screen, else on the first."""
    shown = BOARD.match(came_from)
    here = [board for board in boards if shown and board.id == int(shown[1])]
    for board in (here or boards)[:1]:
        url = url_for("boards.show", id=board.id, _anchor="new-title")
        yield Entry(_("Add a card"), url, "plus", about=board.name)
    yield Entry(_("New board"), url_for("boards.index", _anchor="f-name"), "plus")


def _doings(came_from: str) -> Iterable[Entry]:
    themes = {"light": _("Light theme"), "dark": _("Dark theme"), "": _("Theme of the system")}
    for theme, title in themes.items():
        yield Entry(title, url_for("themes.update"), "light", {"theme": theme, "back": came_from})
    yield Entry(_("Sign out"), url_for("sessions.delete"), "right", {})


def _cards() -> list[Entry]:
    asked: list[tuple[str, str, dict[str, str]]] = [
        (_("All cards"), "boards", {}),
        (_("Assigned to you"), "person", {"assignee": str(current_user.id)}),
        (_("Added by you"), "plus", {"creator": str(current_user.id)}),
        (_("Golden cards"), "gold", {"golden": "1"}),
        (_("Stalled cards"), "pause", {"stalled": "1"}),
        (_("Overdue cards"), "calendar", {"due": "overdue"}),
        (_("Added today"), "clock", {"created": "today"}),
        (_("Done today"), "check", {"closed": "today"}),
    ]
    return [Entry(title, f"{url_for('allcards.index')}{_query(words)}", icon) for title, icon, words in asked]


def _query(words: Mapping[str, str]) -> str:
    return "".join(f"?{name}={value}" for name, value in words.items())


def _places() -> list[Entry]:
    """The host's pages, and whatever plugins have put into the menus."""
    own = [Entry(_("Activity"), url_for("activity.index"), "clock")]
    found: dict[str, NavItem] = {item.url: item for item in [*slots.nav("topbar"), *slots.nav("account_menu")]}
    return [*own, *(Entry(item.title, item.url, item.icon or "plug") for item in found.values())]
