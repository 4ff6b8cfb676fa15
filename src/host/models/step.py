"""One line of a card's checklist."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model
from host.models.held import Holdable

if TYPE_CHECKING:
    from host.models.card import Card


class Step(Holdable, Model):
    __tablename__ = "step"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(1000))
    position: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]

    card: Mapped["Card"] = relationship(back_populates="steps")

    @property
    def done(self) -> bool:
        return self.done_at is not None

    def tick(self, *, done: bool = True) -> None:
        """Mark the step done or open again; ticking a done one changes nothing."""
        if done != self.done:
            self.done_at = now() if done else None
