"""Closing a card puts it in Done; it keeps its column for the day that it is reopened."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.events import CARD_CLOSED, CARD_REOPENED
from host.models.card.trait import Trait
from host.models.user import User


class Closure(Model):
    __tablename__ = "closure"
    __table_args__ = (Index(None, "at"), Index(None, "creator_id"))  # who looks for what was closed then, or by whom

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"), unique=True)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)

    creator: Mapped[User | None] = relationship()


class Closeable(Trait):
    def close(self, by: User, *, at: datetime | None = None) -> None:
        """Put the card in Done. Closing a closed card changes nothing."""
        self.require_published()
        if self.closure:
            return
        self.wake()
        self.closure = Closure(creator=by, at=at or now())
        self.settle()
        self.record(CARD_CLOSED, by=by)

    def reopen(self, by: User) -> None:
        """Take the card out of Done, back into its column or Maybe?. Reopening an open card changes nothing."""
        if not self.closure:
            return
        self.closure = None
        self.settle()
        self.lie_on_top()
        db.session.flush()  # or one that follows in this transaction would be written before this one is deleted
        self.record(CARD_REOPENED, by=by)
