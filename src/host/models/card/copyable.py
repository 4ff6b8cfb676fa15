"""Another card like this one."""

from typing import TYPE_CHECKING

from host.models.card.place import Place
from host.models.card.trait import Trait
from host.models.user import User

if TYPE_CHECKING:
    from host.models.card.card import Card


class Copyable(Trait):
    def duplicate(self, by: User) -> "Card":
        """A new card with the title, the description, the steps, none of them ticked, and the tags of this one, in its
        column or else in Maybe?. Whom this one belongs to, what was said on it, its files and its day stay behind."""
        self.require_published()
        column = self.column if self.place is Place.COLUMN else None
        card = self.board.add_card(self.title, by=by, description=self.description, column=column)
        for step in self.steps:
            card.add_step(step.text)
        for tagging in self.taggings:
            card.tag(tagging.tag.title)
        return card
