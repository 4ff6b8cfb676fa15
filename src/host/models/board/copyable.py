"""Making a board after another, or after a template."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from host.clock import now
from host.db import db
from host.eventlog import record
from host.events import BOARD_OFFERED, BOARD_WITHDRAWN
from host.models.board.trait import Trait
from host.models.user import User

if TYPE_CHECKING:
    from host.models.board.board import Board
    from host.models.card import Card
    from host.models.card.arrival import Arrival

TOGETHER = 1000  # cards that are read and written at once


class Copyable(Trait):
    def offer(self, *, by: User) -> None:
        """Make the board a template; one that is stays one."""
        if not self.template:
            self.template = True
            record(BOARD_OFFERED, self, by=by)

    def withdraw(self, *, by: User) -> None:
        """Make it an ordinary board again."""
        if self.template:
            self.template = False
            record(BOARD_WITHDRAWN, self, by=by)

    def copy(self, name: str, *, by: User, with_cards: bool) -> "Board":
        """A new board with this one's description, colour and columns, and on demand its cards that are awake, with
        steps that are all to be done, tags and gold. Nobody's past comes along: no comments, no assignees, no
        watchers. It is open to all if this one is, and else to whoever makes it.
        Raises Invalid for a name that is none."""
        from host.models.board.board import Board

        made = Board.create(name, by=by, all_access=self.all_access)
        made.description, made.hue = self.description, self.hue
        columns = {}
        for column in self.columns:
            columns[column.id] = made.add_column(column.name, column.hue)
            columns[column.id].take({"order": column.order, "cap": column.cap})
        db.session.flush()
        if with_cards:
            self._copy_cards(made, {old: new.id for old, new in columns.items()}, by)
        return made

    def _copy_cards(self, made: "Board", columns: Mapping[int, int], by: User) -> None:
        """In the order in which they were added, so that the numbers go up."""
        from host.models.card.arrival import arrive

        for cards in self._awake():
            arrive(made, [_arrival(card, columns, by) for card in cards])

    def _awake(self) -> "Iterator[Sequence[Card]]":
        """Index: ix_card_awake"""
        from host.models.card import Card

        whole = selectinload(Card.steps), selectinload(Card.taggings), selectinload(Card.goldness)
        found = select(Card).where(Card.board_id == self.id, Card.awake).options(*whole).order_by(Card.id)
        last = 0
        while cards := db.session.scalars(found.where(Card.id > last).limit(TOGETHER)).all():
            last = cards[-1].id
            yield cards


def _arrival(card: "Card", columns: Mapping[int, int], by: User) -> "Arrival":
    from host.models.card.arrival import Arrival

    at = now()
    return Arrival(
        card.title,
        by.id,
        at,
        at,
        description=card.description,
        column=columns.get(card.column_id or 0),
        golden=card.golden,
        rank=card.rank,
        steps=[(step.text, None) for step in card.steps],
        tags=[tag.id for tag in card.tags],
    )
