"""Which cards of a board rest soon: some by name above it, how many in the heads of its columns, and beside its name as
a way to see only them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from sqlalchemy import Select, func, or_, select

from host import Badge, Banner, Board, Card, NavItem, Place, _, db, narrowed_address, narrowed_by, now, once_a_page
from plugins.entropy import respite
from plugins.entropy.groups import of_board as groups_of
from plugins.entropy.groups import soon_of_one
from plugins.entropy.life import Life
from plugins.entropy.soon import FILTER, NO

SHOWN = 5  # by name

Where = Place | int  # the place, or the column's id


@dataclass(frozen=True)
class SoonOnBoard:
    """`first`: number, title and life of the next to rest."""

    counts: Counter[Where] = field(default_factory=Counter)
    first: list[tuple[int, str, Life]] = field(default_factory=list)


def banner(board: Board) -> Banner | None:
    """The strip above the board, with a way to keep them; nothing when no card rests soon."""
    soon = of_board(board)
    context = {"board": board, "count": soon.counts.total(), "cards": soon.first}
    return Banner("entropy/banner.html", context) if soon.first else None


def signs(board: Board) -> Mapping[Where, Sequence[Badge]]:
    """One for each column with such cards; seen while the column is folded, and its cards are not."""
    return {where: [_folded(count)] for where, count in of_board(board).counts.items()}


def menu(board: Board) -> Sequence[NavItem]:
    """A way to the cards that rest soon, and from them back to all; none while there are none."""
    asked = narrowed_by(FILTER.prefix)
    narrowed = asked is not None and asked not in NO
    count = of_board(board).counts.total()
    if not count and not narrowed:
        return []
    url = narrowed_address(board, FILTER.prefix, None if narrowed else "1")
    context = {"count": count, "narrowed": narrowed}
    return [NavItem(_("Resting soon"), url, template="entropy/only_soon.html", context=context)]


@once_a_page
def of_board(board: Board) -> SoonOnBoard:
    """In one statement besides the period's. Index: ix_card_awake."""
    at, soon = now(), SoonOnBoard()
    for group in groups_of(board):
        these = {"board": board.id, "start": group.soon_from(at)}
        for number, title, began, column_id, together, nth in db.session.execute(_soon(group.golden_stays), these):
            soon.counts[column_id or Place.MAYBE] = together
            if nth <= SHOWN:
                soon.first.append((number, title, Life(began, group.period, at)))
    return soon


@cache
def _soon(golden_stays: bool) -> Select[int, str, datetime, int, int, int]:
    """The first of all, and of each column one that tells how many lie there. Made once: to make it takes longer than
    to run it."""
    # Not by the column itself: the databases would read a whole board by the index in which the columns lie in order.
    began, column = respite.start().label("began"), func.coalesce(Card.column_id, 0)
    order = respite.start(), Card.id
    together = func.count().over(partition_by=column).label("together")
    nth = func.row_number().over(order_by=order).label("nth")
    there = func.row_number().over(partition_by=column, order_by=order).label("there")
    cards = select(Card.number, Card.title, began, column.label("column_id"), together, nth, there)
    found = cards.where(soon_of_one(golden_stays)).subquery()
    told = (found.c.number, found.c.title, found.c.began, found.c.column_id, found.c.together, found.c.nth)
    return select(*told).where(or_(found.c.nth <= SHOWN, found.c.there == 1)).order_by(found.c.nth)


def _folded(count: int) -> Badge:
    return Badge("entropy/folded.html", {"count": count}, lasting=True)
