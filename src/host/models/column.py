"""A column of a board: a named field with a hue."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.db import Id, Model, db, words
from host.errors import Invalid, NotFound
from host.eventlog import record
from host.events import COLUMN_CHANGED, COLUMN_DELETED, COLUMN_MOVED
from host.i18n import _
from host.models.board import Board
from host.models.hue import checked_hue
from host.models.typed import checked_all, checked_name

if TYPE_CHECKING:
    from host.models.user import User

LARGEST_CAP = 9999


class Order(StrEnum):
    """How the cards of a column lie, golden ones first either way: the last touched on top, or where they are put."""

    TOUCHED = "touched"
    HAND = "hand"


class Column(Model):
    __tablename__ = "column"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    hue: Mapped[str] = mapped_column(String(10), default="moss")
    position: Mapped[int] = mapped_column(default=0)
    order: Mapped[Order] = mapped_column(words(Order), default=Order.TOUCHED)
    cap: Mapped[int | None]  # so many cards in progress are enough; more of them are warned of, and not refused

    board: Mapped[Board] = relationship(back_populates="columns")

    @property
    def by_hand(self) -> bool:
        return self.order is Order.HAND

    def change(self, given: Mapping[str, Any], *, by: "User") -> None:
        """Change `name`, `hue`, `order` and `cap` (None for none), as far as they are given. Cards that lie by hand
        from now on lie at first as they did. Raises Invalid for all that do not fit, at once."""
        from host.models.card.lying import lay_by_touch

        was = {field: getattr(self, field) for field in CHECKS}
        self.take(given)
        changed = {f"old_{field}": value for field, value in was.items() if value != getattr(self, field)}
        if "old_order" in changed and self.by_hand:
            lay_by_touch(self.id)
        if changed:
            record(COLUMN_CHANGED, self.board, by=by, column=self.name, column_id=self.id, **changed)

    def take(self, given: Mapping[str, Any]) -> None:
        """The same without a word of it, as for a column that is being made."""
        for field, value in checked_all(CHECKS, given).items():
            setattr(self, field, value)

    def move_to(self, index: int, *, by: "User") -> None:
        """Stand at this place among the board's columns, counted from 0 at the left; beyond either end is that end."""
        # Of two who move columns at once, the second sees what the first has made of them.
        held = select(Column).where(Column.board_id == self.board_id).order_by(Column.position, Column.id)
        there = db.session.scalars(held.with_for_update().execution_options(populate_existing=True)).all()
        others = [column for column in there if column is not self]
        before = there.index(self)
        others.insert(max(0, index), self)
        for position, column in enumerate(others):
            column.position = position
        if others.index(self) != before:
            record(COLUMN_MOVED, self.board, by=by, column=self.name, column_id=self.id)
        db.session.flush()
        db.session.expire(self.board, ["columns"])

    def hold(self) -> None:
        """Keep the column from being taken away until the transaction ends. Raises NotFound when it is gone."""
        self._held(read=True)

    def hold_order(self) -> None:
        """The same, and nobody else lays its cards elsewhere meanwhile; they may come and go."""
        self._held(read=False)

    def delete(self, *, by: "User") -> None:
        """Take the column away; its cards fall back to Maybe? with their age, and closed or resting ones forget it."""
        from host.models.card import Card, Place

        # Cards that are on their way here arrive first, and none sets out any more.
        db.session.execute(select(Column.id).filter_by(id=self.id).with_for_update())
        lying_here = update(Card).where(Card.column_id == self.id)
        db.session.execute(lying_here.where(Card.place == Place.COLUMN).values(place=Place.MAYBE, column_id=None))
        db.session.execute(lying_here.values(column_id=None))
        record(COLUMN_DELETED, self.board, by=by, column=self.name)
        self.board.columns.remove(self)
        db.session.flush()
        db.session.expire_all()

    def _held(self, *, read: bool) -> None:
        held = select(Column.id).filter_by(id=self.id).with_for_update(read=read, key_share=True)
        if db.session.scalar(held) is None:
            raise NotFound(_("There is no such column on this board."))


def checked_order(order: str) -> Order:
    """Raises Invalid for an order that there is not."""
    if order not in tuple(Order):
        raise Invalid({"order": [_("The order is “touched” or “hand”.")]})
    return Order(order)


def checked_cap(cap: int | None) -> int | None:
    """Raises Invalid for a cap that is no number of cards."""
    if cap is not None and not 0 < cap <= LARGEST_CAP:
        raise Invalid({"cap": [_("A cap is a number from 1 to %(n)s.", n=LARGEST_CAP)]})
    return cap


CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "name": checked_name,
    "hue": checked_hue,
    "order": checked_order,
    "cap": checked_cap,
}
