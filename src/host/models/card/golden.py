"""Golden cards lead their column."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from host.clock import now
from host.db import Id, Model, db
from host.models.card.trait import Trait
from host.models.user import User


class Goldness(Model):
    __tablename__ = "goldness"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"), unique=True)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)


class Golden(Trait):
    @property
    def golden(self) -> bool:
        return self.goldness is not None

    def gild(self, by: User, *, golden: bool = True) -> None:
        """Make the card golden or plain; it is no activity."""
        self.require_published()
        if golden != self.golden:
            self.goldness = Goldness(creator_id=by.id) if golden else None
            db.session.flush()  # or one that follows in this transaction would be written before this one is deleted
