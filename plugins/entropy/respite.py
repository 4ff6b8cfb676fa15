"""A respite: what an undo put back has its age again, and a whole period more before it is swept.

Without it the next sweep, an hour later, would undo the undo.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from host import Card, Flock, Id, Model, Moment, db, now, upsert


class Respite(Model):
    """Outlives the run that was undone. One that is older than its card's last activity means nothing any more."""

    __tablename__ = "entropy_respite"

    card_id: Mapped[int] = mapped_column(Id, ForeignKey("card.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime]

    @classmethod
    def give(cls, flock: Flock) -> None:
        """From now on; another one begins anew."""
        flock.write(_given(), since=now())


def starts(cards: Sequence[Card]) -> Mapping[int, datetime]:
    """When the clock of each of these cards began, by id: at its last activity, or at a respite after that. One
    statement. Index: the primary key."""
    ids = [card.id for card in cards]
    given = select(Respite.card_id, Respite.since).where(Respite.card_id.in_(ids))
    since = dict(db.session.execute(given).all()) if ids else {}
    return {card.id: max(card.last_active_at, since.get(card.id, card.last_active_at)) for card in cards}


def start() -> ColumnElement[datetime]:
    """The same as a clause."""
    later = select(Respite.since).where(Respite.card_id == Card.id, Respite.since > Card.last_active_at)
    return func.coalesce(later.correlate(Card).scalar_subquery(), Card.last_active_at)


def respited(lately: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the card got a respite as lately as this says. Index: the primary key."""
    return select(Respite.card_id).where(Respite.card_id == Card.id, lately).exists()


def _given() -> Any:
    cards = select(Card.id, bindparam("since", type_=Moment)).where(Flock.cards)
    given = upsert(Respite).from_select(["card_id", "since"], cards)
    return given.on_conflict_do_update(index_elements=["card_id"], set_={"since": given.excluded.since})
