"""Files on cards, and the one picture that a card shows on its board."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, select
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.files.file import File
from host.models.held import Holdable


class Attachment(Holdable, Model):
    """`small` is the same picture made smaller, once a job has made it (`host.files.small`)."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), index=True)
    small_id: Mapped[int | None] = mapped_column(ForeignKey("file.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    file: Mapped[File] = relationship(foreign_keys=file_id, lazy="joined", innerjoin=True)
    small: Mapped[File | None] = relationship(foreign_keys=small_id, lazy="joined")

    @property
    def shown(self) -> File:
        """What pages show of a picture: the small one, as soon as there is one."""
        return self.small or self.file

    def throw_away(self) -> None:
        """With what it held."""
        files = [file for file in (self.small, self.file) if file]
        super().throw_away()
        for file in files:
            file.remove()


class Cover(Model):
    """Which of its pictures stands on top of a card."""

    __tablename__ = "cover"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"), unique=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id", ondelete="CASCADE"), index=True)

    attachment: Mapped[Attachment] = relationship(lazy="joined", innerjoin=True)


def remove_files(*conditions: ColumnElement[bool]) -> None:
    """Of all cards that meet the conditions, before they are removed, those among them that are held aside: the rows of
    files belong to the space and would stay."""
    from host.models.card import Card

    held = aliased(Attachment)
    theirs = select(File).join(held, (held.file_id == File.id) | (held.small_id == File.id))
    for file in db.session.scalars(theirs.join(Card, Card.id == held.card_id).where(*conditions)).all():
        file.remove()
