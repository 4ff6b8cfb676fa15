"""A short answer to a card or to a comment on it: an emoji, or a word."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model
from host.models.held import Holdable
from host.models.user import User


class Reaction(Holdable, Model):
    __tablename__ = "reaction"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    content: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(default=now)

    creator: Mapped[User | None] = relationship()
