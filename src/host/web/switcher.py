"""The ways that lead from every page to a person's boards and to the views that they keep."""

from dataclasses import dataclass, field

from flask import url_for
from sqlalchemy import Select, func, literal, select, union_all

from host.db import db
from host.models import Board, SavedView, User
from host.web.login import current_user

BOARD, VIEW = "board", "view"


@dataclass(frozen=True)
class Link:
    """A line of the switcher."""

    name: str
    url: str
    hue: str = ""


@dataclass(frozen=True)
class Ways:
    boards: list[Link] = field(default_factory=list)
    views: list[Link] = field(default_factory=list)


def ways() -> Ways:
    """Of whoever looks, by name; in one statement, which the page that draws them asks for."""
    found = Ways()
    for kind, id, name, hue in db.session.execute(_links(current_user)):  # noqa: A001
        if kind == BOARD:
            found.boards.append(Link(name, url_for("boards.show", id=id), hue))
        else:
            found.views.append(Link(name, url_for("views.show", id=id)))
    return found


def _links(person: User) -> Select[str, int, str, str]:
    board = literal(BOARD).label("kind"), Board.id, Board.name, Board.hue
    view = literal(VIEW), SavedView.id, SavedView.name, literal("")
    boards = person.boards.order_by(None).with_only_columns(*board)
    views = SavedView.of(person).order_by(None).with_only_columns(*view)
    links = union_all(boards, views).subquery()
    columns = links.c.kind, links.c.id, links.c.name, links.c.hue
    return select(*columns).order_by(func.lower(links.c.name), links.c.id)
