"""The cards of a run, with what each had before it rested."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, Index, Insert, bindparam, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column

from host import Card, Flock, Id, Model, db

HAS_COLUMN = text("column_id IS NOT NULL")


class Rested(Model):
    """A card of a run, with what it had before."""

    __tablename__ = "entropy_rested"
    __table_args__ = (
        # Followed when a card or a column is removed.
        Index(None, "card_id"),
        Index(None, "column_id", sqlite_where=HAS_COLUMN, postgresql_where=HAS_COLUMN),
        {"sqlite_with_rowid": False},
    )

    run_id: Mapped[int] = mapped_column(Id, ForeignKey("entropy_run.id", ondelete="CASCADE"), primary_key=True)
    card_id: Mapped[int] = mapped_column(Id, ForeignKey("card.id", ondelete="CASCADE"), primary_key=True)
    column_id: Mapped[int | None] = mapped_column(ForeignKey("column.id", ondelete="SET NULL"))  # None: Maybe?
    last_active_at: Mapped[datetime]

    @classmethod
    def write_down(cls, run_id: int, flock: Flock) -> None:
        """Remember where these cards lie, before they rest."""
        flock.write(_lying(), run=run_id)

    @classmethod
    def following(cls, run_id: int, after: int, limit: int) -> Sequence[int]:
        """The next cards of a run, by id. Index: the primary key."""
        cards = select(cls.card_id).where(cls.run_id == run_id, cls.card_id > after)
        return db.session.scalars(cards.order_by(cls.card_id).limit(limit)).all()


@cache
def _lying() -> Insert:
    """Made once: to make it takes longer than to run it."""
    lying = select(bindparam("run", type_=Id), Card.id, Card.column_id, Card.last_active_at).where(Flock.cards)
    table = Rested.metadata.tables[Rested.__tablename__]
    return insert(table).from_select(["run_id", "card_id", "column_id", "last_active_at"], lying.order_by(Card.id))
