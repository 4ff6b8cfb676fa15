"""How many cards of a board rest soon: in the heads of its columns, and beside its name as a way to see only them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request, url_for
from sqlalchemy import func, select

from host import Badge, Board, Card, NavItem, Place, _, db, now
from plugins.entropy.groups import groups
from plugins.entropy.soon import FILTER, NO

Where = Place | int


def signs(board: Board) -> Mapping[Where, Sequence[Badge]]:
    """One for each column with such cards; seen while the column is folded, and its cards are not."""
    return {where: [Badge("entropy/folded.html", {"count": count})] for where, count in by_column(board).items()}


def menu(board: Board) -> Sequence[NavItem]:
    """A way to the cards that rest soon, and from them back to all; none while there are none."""
    narrowed = request.args.get(FILTER.prefix, "0") not in NO
    count = by_column(board).total()
    if not count and not narrowed:
        return []
    there: dict[str, Any] = {} if narrowed else {FILTER.prefix: "1"}
    url = url_for("boards.show", id=board.id, **there)
    context = {"count": count, "narrowed": narrowed}
    return [NavItem(_("Resting soon"), url, template="entropy/only_soon.html", context=context)]


def by_column(board: Board) -> Counter[Where]:
    """By the place, or by the column's id. Two statements. Index: ix_card_awake."""
    at, found = now(), Counter[Where]()
    # Not by the column itself: the databases would read a whole board by the index in which the columns lie in order.
    column = func.coalesce(Card.column_id, 0)
    for group in groups(Board.id == board.id):
        soon = select(column, func.count()).where(group.soon(at)).group_by(column)
        for column_id, count in db.session.execute(soon):
            found[column_id or Place.MAYBE] += count
    return found
