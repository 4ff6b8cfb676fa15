"""What happened to the cards that somebody may see: which events, and on which days."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, selectinload

from host.db import db
from host.filters.window import begin
from host.models import Card, Event, User
from host.models.card.place import HIDDEN
from host.permissions import visible
from host.web import eventwords

ADDED, UPDATED, DONE = "added", "updated", "done"
COLUMNS = (ADDED, UPDATED, DONE)
KINDS = {ADDED: frozenset({"card_published", "card_reopened"}), DONE: frozenset({"card_closed"})}


@dataclass(frozen=True)
class Happenings:
    """Those that `viewer` may know of, on these boards and by these people; without any it is all."""

    viewer: User
    boards: Sequence[int] = ()
    people: Sequence[int] = ()

    def last_day(self, before: datetime | None = None) -> date | None:
        """The last day of the viewer's on which something happened, or the last before that moment.
        Indices: ix_event_account_id_at; ix_event_creator_id_at where people are asked for."""
        latest = self._shown(Event.at < before if before else Event.at.is_not(None))
        at = db.session.scalar(latest.with_only_columns(Event.at).order_by(Event.at.desc()).limit(1))
        return at.astimezone(self.viewer.timezone).date() if at else None

    def counts(self, day: date) -> Counter[str]:
        """How many stand in each column on that day."""
        kinds = self._shown(*self._on(day)).with_only_columns(Event.kind, func.count()).group_by(Event.kind)
        counts: Counter[str] = Counter()
        for kind, count in db.session.execute(kinds):
            counts[column_of(kind)] += count
        return counts

    def events(self, day: date, column: str, most: int) -> Sequence[Event]:
        """The last of that day in one column, the latest first."""
        told = self._shown(*self._on(day), Event.kind.in_(_kinds(column)))
        whole = told.options(contains_eager(Event.card), selectinload(Event.creator))
        return db.session.scalars(whole.order_by(Event.at.desc(), Event.id.desc()).limit(most)).all()

    def _shown(self, *conditions: ColumnElement[bool]) -> Select[Event]:
        told = [Event.kind.in_(sorted(eventwords.kinds_of_activity())), Card.place.not_in(HIDDEN)]
        asked = [Event.board_id.in_(self.boards)] if self.boards else []
        asked += [Event.creator_id.in_(self.people)] if self.people else []
        return select(Event).join(Event.card).where(visible(Event, self.viewer), *told, *asked, *conditions)

    def _on(self, day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        zone = self.viewer.timezone
        return Event.at >= begin(day, zone), Event.at < begin(day + timedelta(days=1), zone)


def column_of(kind: str) -> str:
    return next((column for column, kinds in KINDS.items() if kind in kinds), UPDATED)


def _kinds(column: str) -> list[str]:
    return sorted(kind for kind in eventwords.kinds_of_activity() if column_of(kind) == column)
