"""Cards that stay awake: no sweep takes them, until somebody says that they may rest again."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Card, Id, Model, Place, User, db, insert_ignoring, kind, now

CARD_STAYS = kind("entropy.card_stays")
CARD_MAY_REST = kind("entropy.card_may_rest")


class Stay(Model):
    """One card's exemption: since when, and who asked for it."""

    __tablename__ = "entropy_stay"

    card_id: Mapped[int] = mapped_column(Id, ForeignKey("card.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    creator: Mapped[User | None] = relationship()

    @classmethod
    def of(cls, card: Card) -> "Stay | None":
        return db.session.get(cls, card.id)


def stay(card: Card, by: User) -> None:
    """Keep the card from resting, and wake it when it rests. It is no activity; asking twice changes nothing more."""
    new = insert_ignoring(Stay).values(card_id=card.id, creator_id=by.id, at=now()).returning(Stay.card_id)
    added = db.session.scalar(new)
    # The foreign key waits for a sweep that has the card in hand, or lets it be skipped: now we see what became of it.
    db.session.refresh(card)
    if added is not None:
        card.record(CARD_STAYS, by=by)
    if card.place is Place.NOT_NOW:
        card.send_back_to_triage(by)


def may_rest_again(card: Card, by: User) -> None:
    """Let sweeps take the card again, with the age that it has by now."""
    gone = db.session.scalar(delete(Stay).where(Stay.card_id == card.id).returning(Stay.card_id))
    if gone is not None:
        card.record(CARD_MAY_REST, by=by)


def stays() -> ColumnElement[bool]:
    """Whether somebody said so, as a clause. Index: the primary key."""
    return select(Stay.card_id).where(Stay.card_id == Card.id).exists()
