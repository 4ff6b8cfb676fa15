"""One line of the log; `host.eventlog` is the only way to write one."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.db import Id, Model
from host.events import RecordedEvent
from host.models.user import User

if TYPE_CHECKING:
    from host.models.card import Card


class Event(Model):
    __tablename__ = "event"
    __table_args__ = (
        Index(None, "card_id", "at"),
        Index(None, "board_id", "at"),
        Index(None, "account_id", "at"),
        Index(None, "creator_id", "at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    automatic: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    particulars: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    card: Mapped["Card | None"] = relationship()
    creator: Mapped[User | None] = relationship()

    def recorded(self) -> RecordedEvent:
        """This event as plugins get it; it has been flushed."""
        return RecordedEvent(
            self.id,
            self.kind,
            self.account_id,
            self.board_id,
            self.card_id,
            self.creator_id,
            self.automatic,
            self.at,
            self.particulars,
        )
