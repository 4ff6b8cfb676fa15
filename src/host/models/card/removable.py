"""A card that is deleted is held aside for some minutes, in which that can be undone; then it goes for good.

Until then nothing is lost and nobody is told: `Card.delete` is what ends it.
"""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.later import later
from host.models.card.trait import Trait
from host.models.user import User

HELD = timedelta(minutes=10)


class Removal(Model):
    __tablename__ = "removal"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"), unique=True)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)

    creator: Mapped[User | None] = relationship()


class Removable(Trait):
    def remove(self, by: User) -> None:
        """Take the card out of every list; in ten minutes it is deleted. Removing a removed card changes nothing.
        Raises Fault for a draft, which is discarded instead."""
        from host.models.card.deleting import delete_removed

        self.require_published()
        if self.removal:
            return
        self.removal = Removal(creator=by)
        self.settle()
        db.session.flush()
        later(delete_removed, delay=HELD, removal_id=self.removal.id)

    def bring_back(self) -> None:
        """As it was, where it was; a column that was taken away meanwhile is Maybe?."""
        self.removal = None
        self.settle()
        db.session.flush()
