"""Tags on a card; they are no activity."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.db import Id, Model
from host.errors import Invalid
from host.i18n import _
from host.models.card.trait import Trait
from host.models.tag import Tag, normal


class Tagging(Model):
    __tablename__ = "tagging"
    __table_args__ = (UniqueConstraint("card_id", "tag_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), index=True)

    tag: Mapped[Tag] = relationship(lazy="joined", innerjoin=True)


class Taggable(Trait):
    @property
    def tags(self) -> list[Tag]:
        return [tagging.tag for tagging in self.taggings]

    def tag(self, title: str, hue: str | None = None) -> Tag:
        """Put a tag on the card, making it if the space has none of that title. Raises Invalid for an empty one."""
        if not normal(title):
            raise Invalid({"tag": [_("A tag needs a word.")]})
        tag = Tag.named(self.account_id, title, hue)
        if tag not in self.tags:
            self.taggings.append(Tagging(tag=tag))
        return tag

    def untag(self, title: str) -> None:
        """Take a tag off the card; one that is not there changes nothing."""
        self.taggings[:] = [tagging for tagging in self.taggings if tagging.tag.title != normal(title)]
