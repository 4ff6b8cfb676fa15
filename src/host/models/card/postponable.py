"""Resting: a card in Not now keeps everything but its column and its activity spike."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.events import CARD_POSTPONED
from host.models.card.trait import Trait
from host.models.user import User


class Postponement(Model):
    __tablename__ = "postponement"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"), unique=True)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    automatic: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=now)

    creator: Mapped[User | None] = relationship()


class Postponable(Trait):
    def postpone(self, by: User) -> None:
        """Rest the card in Not now: it leaves its column and loses its activity spike.
        Resting a resting card changes nothing."""
        self.require_published()
        if self.postponement:
            return
        self.reopen(by)
        self.column = None
        self.activity_spike_at = None
        self.postponement = Postponement(creator=by, at=now())
        self.settle()
        self.record(CARD_POSTPONED, by=by)

    def wake(self) -> None:
        """Forget that the card rested; the caller records what became of it."""
        self.activity_spike_at = None
        if self.postponement:
            self.postponement = None
            db.session.flush()  # or one that follows in this transaction would be written before this one is deleted
