"""A delivery: one event on its way to one webhook, and what came of each try."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from secrets import token_hex
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, select, update
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from host import Id, Model, Moment, NotFound, _, db, insert_ignoring, now, words
from plugins.webhooks.attempt import Attempt
from plugins.webhooks.kinds import words_of
from plugins.webhooks.patience import pause_after
from plugins.webhooks.webhook import Webhook

LONGEST_NOTE = 300


class State(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Delivery(Model):
    """Those of one `lane`, which is the card's number or 0, go out in the order of their events: while the first is to
    be tried again the others wait. A test has neither event nor lane, and waits for nobody."""

    __tablename__ = "webhooks_delivery"
    __table_args__ = (
        Index(None, "webhook_id", "event_id", unique=True),
        Index(None, "webhook_id", "state", "next_try_at", "event_id"),
        Index(None, "webhook_id", "state", "lane", "event_id"),
        Index(None, "created_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhooks_webhook.id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(String(40), default=lambda: f"msg_{token_hex(16)}")
    event_id: Mapped[int | None] = mapped_column(Id)  # no foreign key: the log outlives what it tells of
    kind: Mapped[str] = mapped_column(String(60))
    lane: Mapped[int | None] = mapped_column(Id)
    body: Mapped[str] = mapped_column(Text)  # as the event was told, so that each try says the same
    happened_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[State] = mapped_column(words(State), default=State.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str | None] = mapped_column(String(LONGEST_NOTE))  # why it was given up
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    webhook: Mapped[Webhook] = relationship()
    attempts: Mapped[list[Attempt]] = relationship(order_by=Attempt.id, passive_deletes=True)

    @property
    def words(self) -> str:
        """What it tells of."""
        return words_of(self.kind)

    @classmethod
    def add(cls, rows: Sequence[Mapping[str, Any]]) -> None:
        """Deliveries to come; a job that is run again adds none twice."""
        if rows:
            db.session.execute(insert_ignoring(cls), list(rows))

    @classmethod
    def of(cls, webhook: Webhook) -> Select["Delivery"]:
        """Its log, the newest first. Index: ix_webhooks_delivery_webhook_id_…"""
        return select(cls).where(cls.webhook_id == webhook.id).order_by(cls.id.desc())

    @classmethod
    def one_of(cls, webhook: Webhook, id: int) -> "Delivery":  # noqa: A002
        """Raises NotFound for another webhook's."""
        found = db.session.scalars(cls.of(webhook).where(cls.id == id)).first()
        if found is None:
            raise NotFound(_("There is no such delivery."))
        return found

    @classmethod
    def due(cls, webhook: Webhook) -> "Delivery | None":
        """The next to be sent by now."""
        return db.session.scalars(_first_in_lanes(select(cls), webhook).where(cls.next_try_at <= now())).first()

    @classmethod
    def next_due(cls, webhook: Webhook) -> datetime | None:
        """When the next is to be sent; None when none waits."""
        at: datetime | None = db.session.scalar(_first_in_lanes(select(cls.next_try_at), webhook))
        return at

    @classmethod
    def give_up(cls, webhook: Webhook, why: str) -> None:
        """All that waits for its turn."""
        waiting = (cls.webhook_id == webhook.id) & (cls.state == State.WAITING) & cls.next_try_at.is_not(None)
        values = {"state": State.FAILED, "next_try_at": None, "note": why[:LONGEST_NOTE]}
        db.session.execute(update(cls).where(waiting).values(values))

    def came_of(self, attempt: Attempt) -> None:
        """Write down a try in its turn, and when the next is to be."""
        self.tries += 1
        self._settle(attempt)
        if not attempt.ok and self.state is State.WAITING:
            pause = pause_after(self.tries)
            self.next_try_at = now() + max(pause, attempt.asked_to_wait) if pause else None
            self.state = State.WAITING if pause else State.FAILED

    def came_of_hand(self, attempt: Attempt) -> None:
        """Write down a try out of turn: one that fails changes nothing but for a test, which has no other."""
        self._settle(attempt)
        if not attempt.ok and self.state is State.WAITING and self.next_try_at is None:
            self.state = State.FAILED

    def _settle(self, attempt: Attempt) -> None:
        self.attempts.append(attempt)
        if attempt.ok:
            self.state, self.next_try_at, self.note = State.DELIVERED, None, None
            self.webhook.succeeded()
        else:
            self.webhook.failed(attempt.reason, attempt.status)
            db.session.flush()
            db.session.refresh(self, ["state", "next_try_at", "note"])  # a webhook that is switched off gave it up
        self.webhook.show()


def _first_in_lanes(asked: Select[Any], webhook: Webhook) -> Select[Any]:
    """The one whose turn is next, among those that nothing earlier of their lane keeps waiting.
    Index: ix_webhooks_delivery_webhook_id_state_next_try_at_event_id, and …_lane_event_id for what is earlier."""
    earlier = aliased(Delivery)
    before = select(earlier.id).where(
        earlier.webhook_id == Delivery.webhook_id,
        earlier.state == State.WAITING,
        earlier.lane == Delivery.lane,
        earlier.event_id < Delivery.event_id,
    )
    mine = (Delivery.webhook_id == webhook.id) & (Delivery.state == State.WAITING) & Delivery.next_try_at.is_not(None)
    return asked.where(mine, ~before.exists()).order_by(Delivery.next_try_at, Delivery.event_id).limit(1)
