"""What a board on the screen is narrowed by: words of its address that plugins know, such as `?postponing_soon=1`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import request
from sqlalchemy import ColumnElement, select

from host.models import Board, Card, User
from host.plugging import filters
from host.web.forms import from_htmx


@dataclass(frozen=True)
class Narrowing:
    """`asked` goes into every address that leads back to the same cards."""

    asked: Mapping[str, Any] = field(default_factory=dict)
    conditions: Sequence[ColumnElement[bool]] = ()

    def on(self, board: Board) -> Sequence[ColumnElement[bool]]:
        """The conditions on cards of this board, which may be used many times in a statement and are asked once."""
        if not self.conditions:
            return ()
        found = select(Card.id).where(Card.board_id == board.id, *self.conditions).cte("found")
        return (Card.id.in_(select(found.c.id)),)


def narrowing(actor: User) -> Narrowing:
    """Of the board that this request shows or changes: htmx says with each request which address is on the screen."""
    shown = dict(request.args)
    if from_htmx():
        shown |= parse_qsl(urlsplit(request.headers.get("HX-Current-URL", "")).query)
    asked = {prefix: shown[prefix] for prefix in sorted(filters.prefixes()) if prefix in shown}
    return Narrowing(asked, [*filters.conditions(asked, actor)] if asked else ())
