"""The list of a person's boards, each with how full it is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy import func, select

from host.db import db
from host.errors import Messages
from host.i18n import _
from host.models import Access, Board, Card, Place, User
from host.models.card import AWAKE, PLACED
from host.web.login import current_user


@dataclass(frozen=True)
class BoardLine:
    """A board and how many cards lie where."""

    board: Board
    places: Counter[Place]
    watching: bool = False

    @property
    def awake(self) -> int:
        return sum(self.places[place] for place in AWAKE)

    @property
    def resting(self) -> int:
        return self.places[Place.NOT_NOW]

    @property
    def done(self) -> int:
        return self.places[Place.DONE]


def page(values: Mapping[str, Any] | None = None, errors: Messages | None = None) -> str:
    """All boards, and the form for a new one; `values` and `errors` bring a refused name back."""
    archived = db.session.scalar(select(func.count()).select_from(current_user.archived_boards.subquery())) or 0
    found = lines(current_user)
    return render_template(
        "boards/index.html",
        lines=found,
        templates=_templates(found),
        archived=archived,
        values=values or {},
        errors=errors or {},
    )


def _templates(found: Iterable[BoardLine]) -> list[tuple[str, str]]:
    """What a new board may begin as: (id, name), and nothing where there is no choice."""
    offered = [(str(line.board.id), line.board.name) for line in found if line.board.template]
    return [("", _("Two columns, In progress and Waiting")), *offered] if offered else []


def lines(user: User) -> list[BoardLine]:
    """In three statements. Index: ix_card_board_id_place_column_id_last_active_at."""
    boards = db.session.scalars(user.boards).all()
    places: dict[int, Counter[Place]] = {board.id: Counter() for board in boards}
    counted = select(Card.board_id, Card.place, func.count()).where(Card.board_id.in_(places), Card.place.in_(PLACED))
    for board_id, place, count in db.session.execute(counted.group_by(Card.board_id, Card.place)):
        places[board_id][place] = count
    watched = set(db.session.scalars(select(Access.board_id).filter_by(user_id=user.id, watching=True)))
    return [BoardLine(board, places[board.id], board.id in watched) for board in boards]
