"""That somebody was named in a card's description or in a comment: once for each text, however often it is edited."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from host import Id, Model, Moment, now

IN_COMMENT = text("comment_id IS NOT NULL")
IN_DESCRIPTION = text("comment_id IS NULL")


class Mention(Model):
    __tablename__ = "notifications_mention"
    __table_args__ = (
        Index(None, "user_id", "comment_id", unique=True, sqlite_where=IN_COMMENT, postgresql_where=IN_COMMENT),
        Index(None, "user_id", "card_id", unique=True, sqlite_where=IN_DESCRIPTION, postgresql_where=IN_DESCRIPTION),
        # What the deletion of cards, comments, people and events looks for.
        Index(None, "card_id"),
        Index(None, "comment_id"),
        Index(None, "mentioner_id"),
        Index(None, "event_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))  # none: description
    mentioner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
