"""A board's public page: a link with a random key, by which anybody may read it."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.errors import NotFound
from host.eventlog import record
from host.events import BOARD_PUBLISHED, BOARD_UNPUBLISHED
from host.i18n import _
from host.models.board.trait import Trait
from host.models.typed import line
from host.models.user import User

if TYPE_CHECKING:
    from host.models.board.board import Board


class Publication(Model):
    """The key is kept as it is: the page that shows the link must show it again, and it opens what is public."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), unique=True)
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    key: Mapped[str] = mapped_column(String(43), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    board: Mapped["Board"] = relationship(back_populates="publication")

    @classmethod
    def find(cls, key: str) -> "Publication":
        """Raises NotFound for a link that was revoked or never was, and while the board lies in the archive."""
        found = db.session.scalars(select(cls).filter_by(key=line(key))).first()
        if found is None or found.board.archived_at is not None:
            raise NotFound(_("There is nothing behind this link. It may have been revoked."))
        return found


class Publishable(Trait):
    def publish(self, *, by: User) -> Publication:
        """Let anybody who has the link read the board; one that is public keeps its link."""
        if self.publication is None:
            self.publication = Publication(creator_id=by.id, key=secrets.token_urlsafe(24))
            record(BOARD_PUBLISHED, self, by=by)
        return self.publication

    def unpublish(self, *, by: User) -> None:
        """Revoke the link for good: whoever publishes the board again gets another."""
        if self.publication is not None:
            self.publication = None
            record(BOARD_UNPUBLISHED, self, by=by)
