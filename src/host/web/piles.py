"""The cards of columns as they lie, read for several columns in one statement."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import BigInteger, BindParameter, ColumnElement, CompoundSelect, Select, bindparam, select, union_all

from host.filters.order import BY_HAND, FIRST, ORDERS, order_in
from host.models import Card, Goldness, Place
from host.models.card import AWAY
from host.web import cardrows
from host.web.cardrows import CardRow

TOGETHER = 100  # piles read in one statement: SQLite takes 500 parts of a union and 32,766 values
KEPT = 100  # statements, of a hundred kilobytes each

Offset = int | BindParameter[int]


@dataclass(frozen=True)
class Pile:
    """The cards of one column. All of it can be hashed: a statement for the same piles is made once, for to make it
    takes longer than to run it."""

    board_id: int
    place: Place
    column_id: int | None
    laid: bool  # they lie where people put them
    sort: str = FIRST  # one of ORDERS

    @property
    def by_hand(self) -> bool:
        """Whether they are shown as they were put; who asks for another order sees that."""
        return self.laid and self.sort == FIRST

    def ids(self, most: int, offset: Offset = 0, only: Sequence[ColumnElement[bool]] = ()) -> Select[int]:
        """Golden first, then the last touched or as they were laid by hand; in Not now and Done what came last. Where
        another order is asked for, it holds everywhere. `only` is what the cards must meet.

        Indexes: ix_card_board_id_place_column_id_last_active_at, ix_card_put_away.
        """
        ids = select(Card.id).where(Card.board_id == self.board_id, Card.place == self.place, *only)
        if self.column_id is not None:
            ids = ids.where(Card.column_id == self.column_id)
        if self.place in AWAY:
            ids = ids.where(Card.put_away_at.is_not(None))  # for the index, which holds no others
        else:
            ids = ids.outerjoin(Goldness, Goldness.card_id == Card.id).order_by(Goldness.id.is_(None))
        order = BY_HAND if self.by_hand else order_in(self.place, ORDERS[self.sort])
        return ids.order_by(*order).offset(offset).limit(most)


Piles = Sequence[tuple[Pile, int]]  # each with how many of its cards come


def top(piles: Piles, only: Sequence[ColumnElement[bool]] = ()) -> Iterator[list[CardRow]]:
    """The first cards of all these piles, those of each as they lie; not too many at once, since whoever gets them may
    ask for what belongs to each."""
    for start in range(0, len(piles), TOGETHER):
        some = tuple(piles[start : start + TOGETHER])
        yield cardrows.run(cardrows.whole(ids(some, only)) if only else _whole(some))


def below(pile: Pile, offset: int, most: int, only: Sequence[ColumnElement[bool]] = ()) -> list[CardRow]:
    """The cards of this one that follow the first `offset`."""
    if only:
        return cardrows.read(pile.ids(most, offset, only))
    return cardrows.run(_below(pile, most), offset=offset)


def ids(piles: Iterable[tuple[Pile, int]], only: Sequence[ColumnElement[bool]] = ()) -> CompoundSelect[int]:
    """Of the same."""
    parts = (pile.ids(most, only=only).subquery() for pile, most in piles)
    return union_all(*(select(part.c.id) for part in parts))


@lru_cache(maxsize=KEPT)
def _whole(piles: Piles) -> cardrows.Whole:
    return cardrows.whole(ids(piles))


@lru_cache(maxsize=KEPT)
def _below(pile: Pile, most: int) -> cardrows.Whole:
    return cardrows.whole(pile.ids(most, bindparam("offset", type_=BigInteger)))
