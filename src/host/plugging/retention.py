"""What may be thrown away once it is old: said by whom it belongs to, done by the plugin `cleanup`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, delete, func, inspect, select
from sqlalchemy.orm import InstrumentedAttribute

from host.db import db

LONGEST_KEY = 80  # as its column has it
LONGEST_DAYS = 3650


class Leftovers(Protocol):
    """Things that may go. `before` is the moment since which they have to be old enough."""

    def count(self, before: datetime) -> int:
        """How many would go now."""

    def find(self, before: datetime, most: int) -> Sequence[Any]:
        """Up to so many of them; asked in a transaction that only reads, which keeps nobody from writing."""

    def remove(self, before: datetime, found: Sequence[Any]) -> int:
        """Those of a few that `find` gave which may still go; says how many of what `count` counts went. In the running
        transaction, and quickly: on SQLite nobody else writes meanwhile."""


@dataclass(frozen=True)
class RetentionRule:
    """How long something is kept. `days` is what holds until somebody chooses another; None where age is no question.
    Nothing younger ever goes."""

    key: str  # <plugin>.<what>
    title: str
    leftovers: Leftovers
    days: int | None = None

    def __post_init__(self) -> None:
        """Raises ValueError, at load, for what could never be kept or chosen."""
        if len(self.key) > LONGEST_KEY:
            raise ValueError(f"the key of the rule {self.key} has at most {LONGEST_KEY} characters")
        if self.days is not None and not 1 <= self.days <= LONGEST_DAYS:
            raise ValueError(f"{self.key} keeps things for 1 to {LONGEST_DAYS} days")


@dataclass(frozen=True)
class OldRows:
    """Rows of a table, by a condition such as `lambda before: Letter.sent_at < before`."""

    model: type[Any]
    condition: Callable[[datetime], ColumnElement[bool]]

    def count(self, before: datetime) -> int:
        return db.session.scalar(select(func.count()).select_from(self.model).where(self.condition(before))) or 0

    def find(self, before: datetime, most: int) -> Sequence[Any]:
        return db.session.scalars(self._ids().where(self.condition(before)).limit(most)).all()

    def remove(self, before: datetime, found: Sequence[Any]) -> int:
        """Locked first, and looked at again by the statement that deletes. On PostgreSQL that one alone would not see
        what somebody has just committed that refers to a row, and would take it along with the row."""
        locked = self._ids().where(self._id.in_(found)).with_for_update(skip_locked=True)
        ids = db.session.scalars(locked).all()
        gone = delete(self.model).where(self._id.in_(ids), self.condition(before)).returning(self._id)
        return len(db.session.execute(gone, execution_options={"synchronize_session": False}).all()) if ids else 0

    def _ids(self) -> Select[Any]:
        return select(self._id)

    @property
    def _id(self) -> InstrumentedAttribute[Any]:
        [column] = inspect(self.model).primary_key
        found: InstrumentedAttribute[Any] = getattr(self.model, column.key)
        return found
