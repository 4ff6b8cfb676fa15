"""A card that is being written: its maker's alone, and told to nobody, until it is published."""

from host.clock import now
from host.db import db
from host.errors import Fault, Invalid
from host.events import CARD_PUBLISHED
from host.i18n import _
from host.models.attachment import remove_files
from host.models.card.editable import LONGEST_TITLE, checked_description, checked_title
from host.models.card.place import Place
from host.models.card.trait import Trait
from host.models.typed import line
from host.models.user import User


class Draftable(Trait):
    @property
    def drafted(self) -> bool:
        return self.place is Place.DRAFT

    def jot(self, title: str, description: str) -> None:
        """Keep a draft's words as far as they are; the title may still be empty. Raises Invalid for a title or a
        description that is too long, Fault for a card that is published."""
        self._require_draft()
        title = line(title)
        if len(title) > LONGEST_TITLE:
            raise Invalid({"title": [_("Keep the title under %(n)s characters.", n=LONGEST_TITLE + 1)]})
        self.title, self.description = title, checked_description(description)

    def publish(self, by: User) -> None:
        """Put it into its column or Maybe?, as if it were made now, and tell of it, whoever has it among them.
        Publishing a published card changes nothing. Raises Invalid for one without a title."""
        if not self.drafted:
            return
        self.title = checked_title(self.title)
        if self.column:
            self.column.hold()
        self.created_at = self.last_active_at = now()
        self.place = Place.MAYBE
        self.settle()
        self.lie_on_top()
        self.watch(by)
        self.record(CARD_PUBLISHED, by=by)

    def discard(self) -> None:
        """Throw a draft away for good. Raises Fault for a card that is published."""
        from host.models.card.card import Card

        self._require_draft()
        remove_files(Card.id == self.id)
        db.session.delete(self)

    def require_published(self) -> None:
        """Raises Fault for a draft."""
        if self.drafted:
            raise Fault(_("This card is a draft. Publish it first."))

    def _require_draft(self) -> None:
        if not self.drafted:
            raise Fault(_("This card is published."))
