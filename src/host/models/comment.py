"""What a person said on a card, in Markdown."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model
from host.models.user import User

if TYPE_CHECKING:
    from host.models.card import Card


class Comment(Model):
    __tablename__ = "comment"
    __table_args__ = (Index(None, "card_id", "created_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)

    card: Mapped["Card"] = relationship(back_populates="comments")
    creator: Mapped[User | None] = relationship()
