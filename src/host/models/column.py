"""A column of a board: a named field with a hue."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.db import Id, Model, db
from host.errors import Invalid, NotFound
from host.eventlog import record
from host.events import COLUMN_DELETED
from host.i18n import _
from host.models.board import Board
from host.models.typed import checked_name
from host.models.user import HUES

if TYPE_CHECKING:
    from host.models.user import User


class Column(Model):
    __tablename__ = "column"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    hue: Mapped[str] = mapped_column(String(10), default="moss")
    position: Mapped[int] = mapped_column(default=0)

    board: Mapped[Board] = relationship(back_populates="columns")

    def change(self, name: str, hue: str) -> None:
        """Raises Invalid for a name that is empty or too long, or a hue that there is not."""
        if hue not in HUES:
            raise Invalid({"hue": [_("Choose one of the colours.")]})
        self.name, self.hue = checked_name(name), hue

    def hold(self) -> None:
        """Keep the column from being taken away until the transaction ends. Raises NotFound when it is gone."""
        held = select(Column.id).filter_by(id=self.id).with_for_update(read=True, key_share=True)
        if db.session.scalar(held) is None:
            raise NotFound(_("There is no such column on this board."))

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
