"""Cards that a person keeps at hand. Nobody else sees which."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from host.clock import now
from host.db import Id, Model, db, insert_ignoring
from host.models.card import Card
from host.models.user import User
from host.permissions import visible


class Pin(Model):
    __tablename__ = "pin"
    __table_args__ = (UniqueConstraint("user_id", "card_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)

    @classmethod
    def put(cls, card: Card, user: User) -> None:
        """Keep the card at hand; it is no activity and no event. One statement, so that two tabs may say so at once."""
        db.session.execute(insert_ignoring(cls), [{"user_id": user.id, "card_id": card.id, "at": now()}])

    @classmethod
    def take(cls, card: Card, user: User) -> None:
        """Let it go."""
        db.session.execute(delete(cls).where(cls.user_id == user.id, cls.card_id == card.id))

    @classmethod
    def on(cls, card: Card, user: User) -> bool:
        """Whether this person keeps the card at hand."""
        return db.session.scalar(select(cls.id).filter_by(user_id=user.id, card_id=card.id)) is not None

    @classmethod
    def cards(cls, user: User, most: int) -> Select[Card]:
        """The last ones that this person pinned and still sees, the newest first. Index: uq_pin_user_id_card_id."""
        pinned = select(Card).join(cls, cls.card_id == Card.id).where(cls.user_id == user.id, visible(Card, user))
        return pinned.order_by(cls.at.desc(), cls.id.desc()).limit(most)
