"""An attempt to send a part: written before it is made, so that none is forgotten."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Id, Model, Moment, now

if TYPE_CHECKING:
    from plugins.publishing.part import Part

OPEN = text("ended_at IS NULL")
LONGEST_WHY = 500


class Attempt(Model):
    """`outcome` is the small name of an outcome, such as `published` or `unknown`; empty while it is being made. One
    that its process did not survive ends as `unknown`."""

    __tablename__ = "publishing_attempt"
    __table_args__ = (
        # One at a time: also for two workers who both believe that it is theirs.
        Index("uq_publishing_attempt_open", "part_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index(None, "part_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("publishing_part.id", ondelete="CASCADE"))
    job_id: Mapped[int | None] = mapped_column(BigInteger)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(String(40), default="")
    why: Mapped[str | None] = mapped_column(String(LONGEST_WHY))

    part: Mapped["Part"] = relationship(back_populates="attempts")

    def end(self, outcome: object) -> None:
        """By what came of it."""
        self.ended_at = now()
        self.outcome = type(outcome).__name__.lower()
        self.why = getattr(outcome, "why", "")[:LONGEST_WHY] or None
