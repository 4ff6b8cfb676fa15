"""A part of a thread on one connection: sent once. What has no thread has one part."""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Id, Model, Moment, now, words
from plugins.publishing.attempt import Attempt
from plugins.publishing.outcomes import Outcome, Published

if TYPE_CHECKING:
    from plugins.publishing.target import Target


class PartState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    PUBLISHED = "published"


class Part(Model):
    """Made when its target is first made ready. From the moment at which it is frozen, its bytes and its key are what
    is sent, however often."""

    __tablename__ = "publishing_part"
    __table_args__ = (Index("uq_publishing_part_number", "target_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("publishing_target.id", ondelete="CASCADE"))
    number: Mapped[int]  # from 0
    state: Mapped[PartState] = mapped_column(words(PartState), default=PartState.WAITING)
    key: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)  # what the network is told as its time
    uploaded: Mapped[list[str]] = mapped_column(JSON, default=list)  # what the network calls its pictures, so far
    uploaded_at: Mapped[datetime | None] = mapped_column(Moment)  # the first of them
    body: Mapped[bytes | None] = mapped_column(LargeBinary)  # frozen
    sha256: Mapped[str | None] = mapped_column(String(64))
    looks: Mapped[int] = mapped_column(default=0)  # at the network, whether it is there
    remote_id: Mapped[str | None] = mapped_column(String(500))
    url: Mapped[str | None] = mapped_column(String(500))

    target: Mapped["Target"] = relationship(back_populates="parts")
    attempts: Mapped[list[Attempt]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=Attempt.id, back_populates="part"
    )

    @property
    def is_out(self) -> bool:
        return self.state is not PartState.WAITING

    @property
    def first_sent_at(self) -> datetime:
        """Of the attempts at these bytes."""
        return self.attempts[0].sent_at

    def freeze(self, body: bytes) -> None:
        self.body, self.sha256 = body, hashlib.sha256(body).hexdigest()

    def thaw(self) -> None:
        """Nothing of it is out, so it may be made ready again, with pictures that are uploaded anew."""
        self.body = self.sha256 = self.uploaded_at = None
        self.uploaded, self.state, self.looks = [], PartState.WAITING, 0

    def intend(self, job_id: int | None) -> Attempt:
        """Write down that it is about to be sent. Commit that durably, then send."""
        self.state = PartState.SENDING
        attempt = Attempt(job_id=job_id, sent_at=now())
        self.attempts.append(attempt)
        return attempt

    def end_attempts(self, came: Outcome) -> None:
        """Those that are open; one at most, unless a worker died."""
        for attempt in self.attempts:
            if attempt.ended_at is None:
                attempt.end(came)

    def came_out(self, published: Published) -> None:
        self.state = PartState.PUBLISHED
        self.remote_id, self.url = published.remote_id, published.url[:500] or None
