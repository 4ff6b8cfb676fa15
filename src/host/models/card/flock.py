"""Many cards that are changed as one, by statements whose number does not grow with theirs (law 4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Executable, Select, and_, case, inspect, select

from host.clock import now
from host.db import db
from host.dialects import among
from host.eventlog import record_by
from host.events import CARD_AUTO_POSTPONED, CARD_PUT_BACK, RecordedBatch
from host.models.card import flock_rows as rows
from host.models.card.card import Card
from host.models.card.place import Place
from host.models.user import User

AWAKE = and_(Card.awake)
RESTING = Card.place == Place.NOT_NOW


@dataclass(frozen=True)
class Flock:
    """Cards of which this transaction has hold: nobody else changes them before it ends.

    Between the hold and the change a plugin may write rows of its own about them, by `flock.write(INSERT … SELECT …
    WHERE Flock.cards)`.
    """

    ids: Sequence[int]

    # The clause that is true of a flock's cards in a statement for `write`. Index: the primary key.
    cards: ClassVar[ColumnElement[bool]] = among(Card.id, rows.FLOCK)

    @classmethod
    def awake(cls, ids: Collection[int], *conditions: ColumnElement[bool]) -> "Flock":
        """Those of these cards that are awake and meet the conditions now. What somebody has in hand is passed over:
        they touch it before us."""
        return cls(_held(ids, AWAKE, *conditions, passing=True))

    @classmethod
    def resting(cls, ids: Collection[int], *conditions: ColumnElement[bool]) -> "Flock":
        """Those of these cards that rest and meet the conditions, once whoever has one in hand is done with it."""
        return cls(_held(ids, RESTING, *conditions, passing=False))

    def write(self, statement: Executable, **values: Any) -> None:
        """Run a statement about them."""
        db.session.connection().execute(statement, {**values, "flock": self.ids})

    def postpone(self, by: User, *, at: datetime | None = None, **particulars: str) -> RecordedBatch:
        """Rest them by themselves, the longest untouched first. Each one's event says where and since when the card
        lay, and gets the particulars; those of one `sweep` (any text) are told of in one word."""
        values = self._values(by, at)
        told = record_by(CARD_AUTO_POSTPONED, rows.resting_told(tuple(particulars)), {**values, **particulars})
        self.write(rows.rests(), **values)
        self.write(rows.laid_to_rest(), **values)
        db.session.expire_all()
        return told

    def put_back(self, was: Select[int, int | None, datetime], by: User) -> RecordedBatch:
        """Undo their rest: each has its place and its age again, and its story says so. `was` gives card_id, column_id
        and last_active_at of each; a column that is gone, or is another board's by now, is Maybe?."""
        values = self._values(by, None)
        self.write(rows.columns_held(was))
        self.write(rows.put_back(was))
        self.write(rows.rests_ended())
        told = record_by(CARD_PUT_BACK, rows.putting_back_told(), values)
        db.session.expire_all()
        return told

    def _values(self, by: User, at: datetime | None) -> dict[str, Any]:
        """Of whom the id is known without asking, which `by.id` does after each commit."""
        known = inspect(by, raiseerr=True).identity
        return {"flock": self.ids, "by_id": known[0] if known else by.id, "moment": at or now()}


def _held(ids: Collection[int], *conditions: ColumnElement[bool], passing: bool) -> Sequence[int]:
    """Lock them, in an order that everybody keeps."""
    db.session.flush()
    connection, cards = db.session.connection(), _still(conditions)
    locked = cards.with_for_update(of=Card, skip_locked=passing) if connection.dialect.name != "sqlite" else cards
    held = connection.execute(locked, {"flock": ids}).scalars().all()
    if locked is cards:
        return held
    # PostgreSQL looked at other tables as they were before it had the locks: what was written there by whoever had a
    # card in hand meanwhile is only seen by another look.
    return connection.execute(cards, {"flock": held}).scalars().all() if held else held


@lru_cache(maxsize=16)
def _still(conditions: tuple[ColumnElement[bool], ...]) -> Select[int]:
    """Those of a flock that meet the conditions. These are wrapped, or the databases would rather go through every card
    that meets them than look at these by their primary key. Batches of one sweep have the same conditions: to make the
    statement takes as long as to run it."""
    return select(Card.id).where(Flock.cards, case((and_(*conditions), 1), else_=0) == 1).order_by(Card.id)
