"""What a person said on a card, in Markdown."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.errors import Invalid, NotFound
from host.events import MENTIONS_ADDED
from host.i18n import _
from host.models.held import Removable
from host.models.typed import paragraphs, seen
from host.models.user import User
from host.permissions import require_maker
from host.text import handles_in

if TYPE_CHECKING:
    from host.models.card import Card

LONGEST_COMMENT = 100_000


class Comment(Removable, Model):
    __tablename__ = "comment"
    __table_args__ = (
        Index(None, "card_id", "created_at"),
        # The cleanup: words that were taken back and are still there.
        Index(
            "ix_comment_removed",
            "removed_at",
            sqlite_where=text("removed_at IS NOT NULL AND body != ''"),
            postgresql_where=text("removed_at IS NOT NULL AND body != ''"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]

    card: Mapped["Card"] = relationship(back_populates="comments")
    creator: Mapped[User | None] = relationship()

    def edit(self, body: str, by: User) -> None:
        """Say it in other words; the same words change nothing. It is no event and no activity, but people whom only
        the new words name are told. Raises Forbidden for anybody but its author, Invalid for an empty or huge text."""
        require_maker(self.creator_id, by)
        body = checked_body(body)
        if body == self.body:
            return
        named = set(handles_in(body)) - set(handles_in(self.body))
        self.body, self.edited_at = body, now()
        if named:
            self.card.record(MENTIONS_ADDED, by=by, comment_id=self.id)

    def remove(self, by: User) -> None:
        """Take it back; for a day it can be restored, then its words go for good. The row stays: on SQLite its number
        would be given to the next comment, which links and notifications would then mean. Raises Forbidden for anybody
        but its author."""
        require_maker(self.creator_id, by)
        if self.standing:
            self.removed_at = now()
            self._settle()

    def restore(self, by: User) -> None:
        """As it was, where it was. Raises Forbidden for anybody but its author, NotFound once the words are gone."""
        require_maker(self.creator_id, by)
        if not self.body:
            raise NotFound(_("That comment cannot be brought back any more."))
        self.removed_at = None
        self._settle()

    def _settle(self) -> None:
        db.session.flush()
        db.session.expire(self.card, ["comments"])


def checked_body(body: str) -> str:
    """The text with plain line ends. Raises Invalid when it is empty or huge."""
    body = paragraphs(body).strip()
    if not seen(body):
        raise Invalid({"body": [_("A comment needs a few words.")]})
    if len(body) > LONGEST_COMMENT:
        raise Invalid({"body": [_("Keep a comment under %(n)s characters.", n=f"{LONGEST_COMMENT:,}")]})
    return body
