"""What a board on the screen is narrowed by, and in what order its cards lie: the words of its address, the plugins'
among them, such as `?tag=garden&postponing_soon=1`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from flask import request, url_for
from sqlalchemy import ColumnElement, select
from werkzeug.datastructures import MultiDict

from host.db import SAFE_METHODS
from host.filters import Filter
from host.models import Board, Card, User
from host.web.forms import from_htmx, split


@dataclass(frozen=True)
class Narrowing:
    """`asked` goes into every address that leads back to the same cards."""

    filter: Filter = field(default_factory=Filter)
    conditions: Sequence[ColumnElement[bool]] = ()
    view: str = ""  # the saved view that it began with

    @property
    def asked(self) -> Mapping[str, Any]:
        return {**self.filter.query, **({"view": self.view} if self.view else {})}

    def on(self, board: Board) -> Sequence[ColumnElement[bool]]:
        """The conditions on cards of this board, which may be used many times in a statement and are asked once."""
        if not self.conditions:
            return ()
        found = select(Card.id).where(Card.board_id == board.id, *self.conditions).cte("found")
        return (Card.id.in_(select(found.c.id)),)


def narrowing(actor: User) -> Narrowing:
    """Of the board that this request shows or changes. Boards are not told apart on one."""
    asked = shown()
    found = Filter.read(asked).put("board", ())
    return Narrowing(found, found.conditions(actor), asked.get("view", ""))


def shown() -> MultiDict[str, str]:
    """The words of the address on the screen, which htmx names with each request that changes something."""
    here = MultiDict(request.args)
    if from_htmx() and request.method not in SAFE_METHODS:
        there = MultiDict(parse_qsl(split(request.headers.get("HX-Current-URL", "")).query))
        for name in there:
            here.setlist(name, there.getlist(name))
    return here


def narrowed_by(name: str) -> str | None:
    """The value of a plugin's word for the board as this request shows it; None without the word."""
    return next(iter(Filter.read(shown()).asked.get(name, ())), None)


def narrowed_address(board: Board, name: str, value: str | None) -> str:
    """Of the board as this request shows it, but with this value of a plugin's word, or without the word."""
    asked = shown()
    changed = Filter.read(asked).put("board", ()).put(name, [value] if value is not None else [])
    return url_for("boards.show", id=board.id, **Narrowing(changed, view=asked.get("view", "")).asked)
