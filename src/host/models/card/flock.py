"""Many cards that are changed as one, by statements whose number does not grow with theirs (law 4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Select,
    Table,
    and_,
    case,
    delete,
    insert,
    literal,
    select,
    true,
    update,
)

from host.clock import now
from host.db import Model, Moment, db
from host.dialects import among, iso, json_object
from host.eventlog import record_select
from host.events import CARD_AUTO_POSTPONED, CARD_PUT_BACK, EventKind, RecordedBatch
from host.models.card.card import Card
from host.models.card.place import Place
from host.models.card.postponable import Postponement
from host.models.column import Column
from host.models.user import User


@dataclass(frozen=True)
class Flock:
    """Cards of which this transaction has hold: nobody else changes them before it ends.

    Between the hold and the change a plugin may write rows of its own about them, by `INSERT … SELECT … WHERE
    flock.cards`.
    """

    ids: Sequence[int]

    @classmethod
    def awake(cls, ids: Collection[int], *conditions: ColumnElement[bool]) -> "Flock":
        """Those of these cards that are awake and meet the conditions now. What somebody has in hand is passed over:
        they touch it before us."""
        return cls(_held(ids, Card.awake, *conditions, passing=True))

    @classmethod
    def resting(cls, ids: Collection[int], *conditions: ColumnElement[bool]) -> "Flock":
        """Those of these cards that rest and meet the conditions, once whoever has one in hand is done with it."""
        return cls(_held(ids, Card.place == Place.NOT_NOW, *conditions, passing=False))

    @cached_property
    def cards(self) -> ColumnElement[bool]:
        """The clause that is true of them. Index: the primary key."""
        return among(Card.id, self.ids)

    def postpone(self, by: User, *, at: datetime | None = None, **particulars: Any) -> RecordedBatch:
        """Rest them by themselves, the longest untouched first. Each one's event says where and since when the card
        lay, and gets the particulars; those of one `sweep` (any text) are told of in one word."""
        at = at or now()
        lay = {"column_id": Card.column_id, "last_active_at": iso(Card.last_active_at)}
        recorded = self._record(CARD_AUTO_POSTPONED, json_object(**lay, **particulars), by, at, automatic=True)
        resting = select(Card.id, literal(by.id), true(), literal(at, Moment)).where(self.cards).order_by(Card.id)
        db.session.execute(
            insert(_table(Postponement)).from_select(["card_id", "creator_id", "automatic", "at"], resting)
        )
        self._change(place=Place.NOT_NOW, column_id=None, activity_spike_at=None, last_active_at=at)
        return recorded

    def put_back(self, was: Select[int, int | None, datetime], by: User) -> RecordedBatch:
        """Undo their rest: each has its place and its age again. `was` gives card_id, column_id and last_active_at of
        each; a column that is gone, or of another board, is Maybe?."""
        old = was.subquery("was")
        held = select(Column.id).where(Column.id.in_(select(old.c.column_id)), Column.board_id.in_(self._boards()))
        db.session.execute(held.order_by(Column.id).with_for_update(read=True, key_share=True))
        there = select(Column.id).where(Column.id == old.c.column_id, Column.board_id == Card.board_id)
        column = there.correlate(old, Card).scalar_subquery()
        place = case((column.is_(None), literal(Place.MAYBE, Card.place.type)), else_=Place.COLUMN)
        self._change(Card.id == old.c.card_id, place=place, column_id=column, last_active_at=old.c.last_active_at)
        rests = _table(Postponement)
        db.session.execute(delete(rests).where(among(rests.c.card_id, self.ids)))
        return self._record(CARD_PUT_BACK, json_object(), by, now(), automatic=False)

    def _record(
        self, kind: EventKind, particulars: ColumnElement[Any], by: User, at: datetime, *, automatic: bool
    ) -> RecordedBatch:
        rows = select(
            Card.account_id,
            Card.board_id,
            Card.id.label("card_id"),
            literal(by.id).label("creator_id"),
            literal(automatic).label("automatic"),
            literal(at, Moment).label("at"),
            particulars.label("particulars"),
        )
        return record_select(kind, rows.where(self.cards).order_by(Card.last_active_at, Card.id))

    def _boards(self) -> Select[int]:
        return select(Card.board_id).where(self.cards)

    def _change(self, *joined: ColumnElement[bool], **values: Any) -> None:
        """And let the session forget what it knows of them."""
        card = _table(Card)
        db.session.execute(update(card).where(among(card.c.id, self.ids), *joined).values(values))
        db.session.expire_all()


def _held(ids: Collection[int], *conditions: ColumnExpressionArgument[bool], passing: bool) -> Sequence[int]:
    """Lock them, in an order that everybody keeps. The conditions are wrapped, or the databases would rather go through
    every card that meets them than look at these by their primary key."""
    still = case((and_(*conditions), 1), else_=0) == 1
    cards = select(Card.id).where(among(Card.id, ids), still).order_by(Card.id)
    return db.session.scalars(cards.with_for_update(of=Card, skip_locked=passing)).all()


def _table(model: type[Model]) -> Table:
    """Statements about the table itself: for a mapped class the session would look for rows that it holds."""
    return model.metadata.tables[model.__tablename__]
