"""The statements behind `Flock`, each made once: to make one takes longer than to run it.

Their parameters: `flock` (the ids), `by_id`, `moment`, and the particulars of the event. They are about the tables: for
a mapped class the session would look for objects that it holds.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Delete,
    Insert,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    case,
    delete,
    insert,
    literal,
    null,
    select,
    true,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert

from host.db import Id, Model, Moment
from host.dialects import Ids, among, iso, json_object
from host.eventlog import event_select
from host.events import CARD_AUTO_POSTPONED, CARD_PUT_BACK, EventKind
from host.models.card.card import Card
from host.models.card.place import Place
from host.models.card.postponable import Postponement
from host.models.column import Column

Was = Select[int, int | None, datetime]  # card_id, column_id, last_active_at

FLOCK = bindparam("flock", type_=Ids)
BY, MOMENT = bindparam("by_id", type_=Id), bindparam("moment", type_=Moment)


def _table(model: type[Model]) -> Table:
    return model.metadata.tables[model.__tablename__]


card, column = _table(Card), _table(Column)


@cache
def resting_told(particulars: tuple[str, ...]) -> ReturningInsert[int, int, int, int]:
    """The events: where and since when each card lay."""
    lay = {"column_id": card.c.column_id, "last_active_at": iso(card.c.last_active_at)}
    more = {name: bindparam(name, type_=Text) for name in particulars}
    return _told(CARD_AUTO_POSTPONED, {**lay, **more}, automatic=True)


@cache
def rests() -> Insert:
    """The rows that say who and when."""
    rows = select(card.c.id, BY, true(), MOMENT).where(among(card.c.id, FLOCK)).order_by(card.c.id)
    return insert(_table(Postponement)).from_select(["card_id", "creator_id", "automatic", "at"], rows)


@cache
def laid_to_rest() -> Update:
    resting = {"place": Place.NOT_NOW, "column_id": None, "activity_spike_at": None}
    at = {"last_active_at": MOMENT, "put_away_at": MOMENT}
    return update(card).where(among(card.c.id, FLOCK)).values({**resting, **at})


@cache
def rests_ended() -> Delete:
    table = _table(Postponement)
    return delete(table).where(among(table.c.card_id, FLOCK))


@cache
def putting_back_told() -> ReturningInsert[int, int, int, int]:
    return _told(CARD_PUT_BACK, {}, automatic=False)


def columns_held(was: Was) -> Select[int]:
    """Nobody takes the columns away to which the cards go back."""
    old = was.subquery("was")
    there = column.c.id.in_(select(old.c.column_id).where(among(old.c.card_id, FLOCK)))
    return select(column.c.id).where(there).order_by(column.c.id).with_for_update(read=True, key_share=True)


def put_back(was: Was) -> Update:
    """To where and how old each was; without its column, or when that is another board's, to Maybe?."""
    old = was.subquery("was")
    there = select(column.c.id).where(column.c.id == old.c.column_id, column.c.board_id == card.c.board_id)
    back = there.correlate(old, card).scalar_subquery()
    maybe, in_column = (literal(place, card.c.place.type) for place in (Place.MAYBE, Place.COLUMN))
    place = case((back.is_(None), maybe), else_=in_column)
    values = {"place": place, "column_id": back, "last_active_at": old.c.last_active_at, "put_away_at": null()}
    return update(card).where(among(card.c.id, FLOCK), card.c.id == old.c.card_id).values(values)


def _told(
    kind: EventKind, particulars: Mapping[str, ColumnElement[Any]], *, automatic: bool
) -> ReturningInsert[int, int, int, int]:
    rows = select(
        literal(kind.name).label("kind"),
        card.c.account_id,
        card.c.board_id,
        card.c.id.label("card_id"),
        BY.label("creator_id"),
        literal(automatic, Boolean).label("automatic"),
        MOMENT.label("at"),
        json_object(**particulars).label("particulars"),
    )
    return event_select(rows.where(among(card.c.id, FLOCK)).order_by(card.c.last_active_at, card.c.id))
