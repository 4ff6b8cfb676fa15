"""What a sweep would do now, before it does it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select

from host import Board, Card, _, db, now
from plugins.entropy.groups import Group, groups
from plugins.entropy.tally import tally


@dataclass(frozen=True)
class Due:
    """The cards of one board that would rest."""

    board_id: int
    board: str
    period_seconds: int
    cards: int


def due(*boards: ColumnElement[bool]) -> list[Due]:
    """Every board with cards that are due, of those that meet the conditions; most cards first."""
    return due_in(groups(*boards))


def due_in(grouped: Iterable[Group]) -> list[Due]:
    """The same for groups that are, or might be."""
    at = now()
    found = [each for group in grouped for each in _counted(group, at)]
    return sorted(found, key=lambda each: (-each.cards, each.board, each.board_id))


def cards(board: Board) -> Sequence[Row[int, str, datetime]]:
    """Number, title and last touch of each card of the board that is due, the longest untouched first."""
    at = now()
    found: list[Row[int, str, datetime]] = []
    for group in groups(Board.id == board.id):
        lying = select(Card.number, Card.title, Card.last_active_at).where(group.due(at))
        found += db.session.execute(lying.order_by(Card.last_active_at, Card.id)).all()
    return found


def summary() -> str:
    """The line that a dry run of the sweep prints."""
    found = due()
    return _("would rest %(tally)s", tally=tally_of(found)) if found else _("nothing to rest")


def tally_of(found: Sequence[Due]) -> str:
    return tally([each.cards for each in found])


def _counted(group: Group, at: datetime) -> Iterator[Due]:
    counts = select(Board.id, Board.name, func.count(Card.id)).join(Card, Card.board_id == Board.id)
    for board_id, name, count in db.session.execute(counts.where(group.due(at)).group_by(Board.id, Board.name)):
        yield Due(board_id, name, int(group.period.total_seconds()), count)
