"""One try of a delivery: what was sent, and what was answered, cut to a size that can be kept."""

from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from host import Id, Model, Moment, _, now

LONGEST_ERROR = 300
LONGEST_WAIT, LONGEST_NUMBER = timedelta(days=1), 10


class Attempt(Model):
    __tablename__ = "webhooks_attempt"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("webhooks_delivery.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    milliseconds: Mapped[int] = mapped_column(default=0)
    request_headers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    status: Mapped[int | None]  # of an answer that was whole
    answer_headers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    answer: Mapped[str] = mapped_column(Text, default="")
    error: Mapped[str | None] = mapped_column(String(LONGEST_ERROR))  # why there is no answer

    @property
    def ok(self) -> bool:
        """The receiver took it: any 2xx, by the scheme."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def asked_to_wait(self) -> timedelta:
        """What the receiver asks for by Retry-After in seconds, a day at most."""
        seconds = self.answer_headers.get("retry-after", "")
        given = int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < LONGEST_NUMBER else 0
        return min(timedelta(seconds=given), LONGEST_WAIT)

    @property
    def reason(self) -> str:
        """What came of it, in a sentence."""
        if self.status is None:
            return self.error or _("It was not sent.")
        return _("Taken (%(n)s).", n=self.status) if self.ok else _("It did not take it (%(n)s).", n=self.status)
