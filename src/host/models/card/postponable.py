"""Resting: a card in Not now keeps everything but its column and its activity spike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, insert, literal, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.eventlog import record_rows
from host.events import CARD_AUTO_POSTPONED, CARD_POSTPONED, RecordedEvent
from host.models.card.place import Place
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
        if self.postponement:
            return
        self.reopen(by)
        self.column = None
        self.activity_spike_at = None
        self.postponement = Postponement(creator=by)
        self.settle()
        self.record(CARD_POSTPONED, by=by)

    def wake(self) -> None:
        """Forget that the card rested; the caller records what became of it."""
        self.activity_spike_at = None
        if self.postponement:
            self.postponement = None
            db.session.flush()  # or one that follows in this transaction would be written before this one is deleted


def postpone_where(*conditions: ColumnElement[bool], by: User, limit: int, **particulars: Any) -> list[RecordedEvent]:
    """Rest by themselves at most `limit` awake cards that meet the conditions, the longest untouched first.
    Each one's event says where and since when the card lay, and gets the particulars; those of one `sweep` (any text)
    are told of in one word.

    Set-based (law 4): one read and three writes whatever the number. The rows are locked by the read, so whoever
    touches a card before us wins, and whoever comes after finds it resting.
    """
    from host.models.card.card import Card

    stale = select(Card.id, Card.account_id, Card.board_id, Card.column_id, Card.last_active_at)
    stale = stale.where(Card.awake, *conditions).order_by(Card.last_active_at, Card.id)
    rows = db.session.execute(stale.limit(limit).with_for_update(skip_locked=True)).all()
    if not rows:
        return []
    at = now()
    _rest([row.id for row in rows], at, by)
    recorded = record_rows(
        [
            {
                "kind": CARD_AUTO_POSTPONED.name,
                "account_id": row.account_id,
                "board_id": row.board_id,
                "card_id": row.id,
                "creator_id": by.id,
                "automatic": True,
                "at": at,
                "particulars": {
                    "column_id": row.column_id,
                    "last_active_at": row.last_active_at.isoformat(),
                    **particulars,
                },
            }
            for row in rows
        ]
    )
    db.session.expire_all()
    return recorded


def _rest(ids: Sequence[int], at: datetime, by: User) -> None:
    from host.models.card.card import Card

    resting = {"place": Place.NOT_NOW, "column_id": None, "activity_spike_at": None, "last_active_at": at}
    db.session.execute(
        update(Card).where(Card.id.in_(ids)).values(resting).execution_options(synchronize_session=False)
    )
    postponements = select(Card.id, literal(by.id), literal(True), literal(at, Postponement.at.type))
    db.session.execute(
        insert(Postponement).from_select(
            ["card_id", "creator_id", "automatic", "at"], postponements.where(Card.id.in_(ids)).order_by(Card.id)
        )
    )
