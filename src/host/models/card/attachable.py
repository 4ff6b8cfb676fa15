"""Files on a card, and its cover; they are no activity."""

from typing import IO, BinaryIO, cast

from sqlalchemy import func, select

from host.db import db
from host.errors import Invalid, NotFound
from host.files.file import File
from host.i18n import _
from host.later import later
from host.models.attachment import Attachment, Cover
from host.models.card.trait import Trait
from host.models.held import held
from host.models.user import User

MOST_FILES = 100


class Attachable(Trait):
    def attach(self, stream: IO[bytes], name: str, by: User) -> Attachment:
        """Put a file on the card. Raises Invalid (`file`) for what cannot be taken in, see `File.keep`, and for one too
        many."""
        from host.files.small import make_small

        self._require_room()
        attachment = Attachment(file=File.keep(cast("BinaryIO", stream), name, by))
        self.attachments.append(attachment)
        db.session.flush()
        if attachment.file.is_picture:
            later(make_small, attachment_id=attachment.id)
        return attachment

    def attachment(self, id: int) -> Attachment:  # noqa: A002
        """Raises NotFound for a file of another card."""
        for attachment in self.attachments:
            if attachment.id == id:
                return attachment
        raise NotFound(_("There is no such file on this card."))

    def detach(self, attachment: Attachment) -> None:
        """Take the file off the card; for ten minutes it can be brought back."""
        if self.cover and self.cover.attachment_id == attachment.id:
            self.uncover()
        attachment.take_away()
        db.session.expire(self, ["attachments"])

    def bring_back_file(self, id: int) -> Attachment:  # noqa: A002
        """Under its old address. Raises NotFound once it is thrown away, Invalid (`file`) for one too many."""
        attachment = held(Attachment, id, self.id)
        self._require_room()
        attachment.put_back()
        db.session.expire(self, ["attachments"])
        return attachment

    def cover_with(self, attachment: Attachment) -> None:
        """Show one of its pictures on top of the card. Raises Invalid (`file`) for what is no picture."""
        if not attachment.file.is_picture:
            raise Invalid({"file": [_("%(name)s is no picture.", name=attachment.file.name)]})
        self.uncover()
        self.cover = Cover(attachment=attachment)

    def uncover(self) -> None:
        """Show none."""
        self.cover = None
        db.session.flush()  # or one that follows in this transaction would be written before this one is deleted

    def _require_room(self) -> None:
        """Index: ix_attachment_card_id."""
        here = select(func.count()).where(Attachment.card_id == self.id, Attachment.standing)
        if (db.session.scalar(here) or 0) >= MOST_FILES:
            raise Invalid({"file": [_("A card has at most %(n)s files.", n=MOST_FILES)]})
