"""How cards lie in a column that is ordered by hand: by their rank, the smallest on top, with room between two for a
third."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, update

from host.db import db
from host.models.card.card import Card
from host.models.card.golden import Goldness
from host.models.card.place import Place

LYING = (Card.rank, Card.last_active_at.desc(), Card.id.desc())
BY_TOUCH = (Card.last_active_at.desc(), Card.id.desc())
ROOM = 2**20  # between neighbours: some twenty cards can be laid into one gap before all are spread anew


class Lying(NamedTuple):
    """A card where it lies."""

    number: int
    rank: int
    golden: bool


def on_top(column_id: int) -> int:
    """A rank above all cards of the column. Index: ix_card_column_id_rank."""
    there = select(Card.rank).where(Card.column_id == column_id, Card.place == Place.COLUMN)
    highest = db.session.scalar(there.order_by(Card.rank).limit(1))
    return 0 if highest is None else highest - ROOM


def between(above: int | None, under: int | None) -> int | None:
    """A rank between these two, of which either may be missing; None where there is no room."""
    if above is None:
        return 0 if under is None else under - ROOM
    if under is None:
        return above + ROOM
    return (above + under) // 2 if under - above > 1 else None


def cards_of(column_id: int) -> list[Lying]:
    """All cards of the column from the top, golden ones first. Index: ix_card_column_id_rank."""
    golden = Goldness.id.is_not(None)
    there = select(Card.number, Card.rank, golden).outerjoin(Goldness, Goldness.card_id == Card.id)
    found = there.where(Card.column_id == column_id, Card.place == Place.COLUMN).order_by(golden.desc(), *LYING)
    return [Lying(*row) for row in db.session.execute(found)]


def spread(column_id: int) -> None:
    """Make room between all cards of the column, which stay as they lie."""
    _number(column_id, func.row_number().over(order_by=LYING))


def lay_by_touch(column_id: int) -> None:
    """Lay the cards of the column as they were touched, the last on top."""
    _number(column_id, func.row_number().over(order_by=BY_TOUCH))


def _number(column_id: int, place: ColumnElement[int]) -> None:
    there = Card.column_id == column_id, Card.place == Place.COLUMN
    db.session.flush()
    # In the order of all who hold many cards, or two would wait for each other.
    db.session.execute(select(Card.id).where(*there).order_by(Card.id).with_for_update(key_share=True))
    numbered = select(Card.id, (place * ROOM).label("rank")).where(*there).subquery()
    changed = update(Card).where(Card.id == numbered.c.id).values(rank=numbered.c.rank)
    db.session.execute(changed, execution_options={"synchronize_session": False})
    db.session.expire_all()
