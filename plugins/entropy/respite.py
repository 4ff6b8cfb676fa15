"""A respite: what an undo put back has its age again, and a whole period more before it is swept."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from host import Card, Id, Model


class Respite(Model):
    """Outlives the run that was undone. One that is older than its card's last activity means nothing any more."""

    __tablename__ = "entropy_respite"

    card_id: Mapped[int] = mapped_column(Id, ForeignKey("card.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime]


def respited(lately: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the card got a respite as lately as this says. Index: the primary key."""
    return select(Respite.card_id).where(Respite.card_id == Card.id, lately).exists()
