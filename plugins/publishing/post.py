"""A post: what a person wants to say, once, on some networks, each at its time."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import JSON, BigInteger, ColumnElement, ForeignKey, Index, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.exc import StaleDataError

from host import Card, Fault, Id, Model, Moment, NotFound, User, _, db, now
from plugins.publishing import fixed
from plugins.publishing.policy import Policy
from plugins.publishing.states import Status, status
from plugins.publishing.variant import Variant

if TYPE_CHECKING:
    from plugins.publishing.medium import Medium
    from plugins.publishing.target import Target

LONGEST_TITLE = 80


class Overtaken(Fault):
    """Somebody changed it since it was read."""

    def __init__(self) -> None:
        super().__init__(
            _("This post was changed elsewhere meanwhile. What you wrote is still here; look at both before you save.")
        )


class TooLate(Fault):
    """It is on its way, or out."""


class Post(Model):
    """Its author's; seen and approved by others of the space once it is shared."""

    __tablename__ = "publishing_post"
    __table_args__ = (Index(None, "account_id", "at"), Index(None, "account_id", "updated_at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    texts: Mapped[list[str]] = mapped_column(JSON)  # the parts of a thread; mostly one
    at: Mapped[datetime | None] = mapped_column(Moment)  # when its targets go out, but for those with their own time
    zone: Mapped[str | None] = mapped_column(String(64))  # in whose wall clock that time was meant
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id", ondelete="SET NULL"), index=True)
    created_by_queue: Mapped[int | None] = mapped_column(BigInteger, index=True)  # an id of another plugin's table
    cloned_from: Mapped[int | None] = mapped_column(BigInteger)
    shared: Mapped[bool] = mapped_column(default=False)
    approved_hash: Mapped[str | None] = mapped_column(String(64))  # of the content that was approved
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    revision: Mapped[int] = mapped_column(default=1)  # by which two windows notice each other
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=now)

    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    card: Mapped[Card | None] = relationship()
    variants: Mapped[list[Variant]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    media: Mapped[list["Medium"]] = relationship(
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="(Medium.part, Medium.position, Medium.id)",
        back_populates="post",
    )
    targets: Mapped[list["Target"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Target.id", back_populates="post"
    )

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's way

    @classmethod
    def draft(cls, by: User, texts: Sequence[str] = ("",), *, card: Card | None = None) -> Self:
        """A new one, for no network yet."""
        post = cls(account_id=by.account_id, author=by, texts=list(texts), card=card)
        db.session.add(post)
        db.session.flush()
        return post

    @classmethod
    def seen_by(cls, person: User) -> ColumnElement[bool]:
        """Their own, and those that are shared with the space."""
        return (cls.account_id == person.account_id) & or_(cls.author_id == person.id, cls.shared)

    @classmethod
    def one_of(cls, person: User, id: int) -> "Post":  # noqa: A002
        """Raises NotFound for one that they may not see."""
        found = db.session.scalars(select(cls).where(cls.id == id, cls.seen_by(person))).first()
        if found is None:
            raise NotFound(_("There is no such post."))
        return found

    @property
    def title(self) -> str:
        """The first line of what it says."""
        return title_of(self.texts)

    @property
    def status(self) -> Status:
        return status(target.state for target in self.targets)

    @property
    def is_out(self) -> bool:
        """Some of it may have left the house."""
        return any(target.is_out for target in self.targets)

    def may_change(self, person: User) -> bool:
        return person.id == self.author_id or (self.shared and person.is_admin)

    def texts_for(self, platform: str) -> Sequence[str]:
        """What it says there: its own words, or the shared ones."""
        variant = self.variant(platform)
        return variant.texts if variant and variant.texts else self.texts

    def options_for(self, platform: str) -> Mapping[str, str]:
        variant = self.variant(platform)
        return variant.options if variant else {}

    def variant(self, platform: str) -> Variant | None:
        return next((each for each in self.variants if each.platform == platform), None)

    def write(
        self, texts: Sequence[str], variants: Mapping[str, Mapping[str, Any]], *, revision: int, card: Card | None
    ) -> None:
        """Change what it says. `variants` are texts and options by network; a network that is left out has the shared
        words, or what it said where it is out or on its way. Raises Overtaken when somebody changed it since that
        revision, TooLate when what is out would change."""
        self.require(revision)
        variants = fixed.kept(self, texts, variants)
        self.texts, self.card = list(texts), card
        self._detach(variants)
        self.changed()
        try:
            db.session.flush()
        except StaleDataError as stale:
            raise Overtaken from stale

    @property
    def needs_a_word(self) -> bool:
        """An admin's, before it goes out; one who scheduled it has given that word for what it said then."""
        return Policy.of(self.account_id).approval and not (self.author and self.author.is_admin)

    def require(self, revision: int) -> None:
        if revision != self.revision:
            raise Overtaken

    def changed(self) -> None:
        """Its content is another: what was made ready is void, and whoever approved it approved something else."""
        self.updated_at = now()
        for target in self.targets:
            target.unfreeze()
        if (self.approved_hash or self.needs_a_word) and self.approved_hash != self.content_hash:
            self._lose_approval()

    @property
    def content_hash(self) -> str:
        """Of all that a reader would see: SHA-256, in hex."""
        variants = sorted((each.platform, each.texts, each.options) for each in self.variants)
        media = [(each.file_id, each.alt, each.part) for each in self.media]
        return hashlib.sha256(json.dumps([self.texts, variants, media]).encode()).hexdigest()

    def _lose_approval(self) -> None:
        self.approved_hash = self.approved_by = self.approved_at = None
        for target in self.targets:
            if target.lose_approval():
                self.shared = True  # who is to approve it has to see it

    def _detach(self, variants: Mapping[str, Mapping[str, Any]]) -> None:
        for each in list(self.variants):
            if each.platform not in variants:
                self.variants.remove(each)
        for platform, given in variants.items():
            found = self.variant(platform)
            if found is None:
                found = Variant(platform=platform, texts=[], options={})
                self.variants.append(found)
            found.write(given, shared=self.texts)


def title_of(texts: Sequence[str]) -> str:
    """The first line that says something; empty where nothing does."""
    first = next((line.strip() for text in texts for line in text.splitlines() if line.strip()), "")
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1].rstrip() + "…"
