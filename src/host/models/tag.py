"""A word that cards of a space share."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from host.db import Id, Model, db, insert_ignoring
from host.errors import Invalid, NotFound
from host.eventlog import record
from host.events import TAG_CHANGED, TAG_DELETED, TAG_MERGED
from host.i18n import _
from host.models.account import Account
from host.models.hue import checked_hue
from host.models.typed import checked_all, line
from host.models.user import HUES

if TYPE_CHECKING:
    from host.models.user import User

LONGEST_TAG = 100


class Tag(Model):
    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("account_id", "title"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(100))
    hue: Mapped[str] = mapped_column(String(10), default="moss")

    @classmethod
    def named(cls, account_id: int, title: str, hue: str | None = None) -> "Tag":
        """The space's tag with this title, made if need be; titles are lower case and without `#`."""
        title = normal(title)
        count = db.session.scalar(select(func.count()).where(cls.account_id == account_id)) or 0
        row = {"account_id": account_id, "title": title, "hue": hue or HUES[count % len(HUES)]}
        # Held, or one that is on no card yet may be thrown away until this transaction has put it on one.
        held = select(cls).filter_by(account_id=account_id, title=title).with_for_update(read=True, key_share=True)
        while True:
            db.session.execute(insert_ignoring(cls), [row])
            if found := db.session.scalars(held).first():
                return found

    @classmethod
    def one(cls, account: Account, id: int) -> "Tag":  # noqa: A002
        """Raises NotFound for one of another space."""
        found = db.session.scalars(select(cls).filter_by(account_id=account.id, id=id)).first()
        if found is None:
            raise NotFound(_("There is no such tag."))
        return found

    @classmethod
    def called(cls, account: Account, start: str, *, most: int) -> Sequence["Tag"]:
        """Those whose title begins so, by title. Index: uq_tag_account_id_title"""
        begins = cls.title.startswith(normal(start), autoescape=True)
        found = select(cls).where(cls.account_id == account.id, begins)
        return db.session.scalars(found.order_by(cls.title).limit(most)).all()

    def change(self, given: Mapping[str, str], *, by: "User") -> None:
        """Change `title` and `hue`, as far as they are given, wherever the tag is. Raises Invalid for what does not
        fit, and for the title of another tag: see `merge_into`."""
        fitting = checked_all({"title": self._free, "hue": checked_hue}, given)
        changed = {f"old_{field}": getattr(self, field) for field in fitting if fitting[field] != getattr(self, field)}
        for field, value in fitting.items():
            setattr(self, field, value)
        if changed:
            record(TAG_CHANGED, by.account, by=by, tag_id=self.id, title=self.title, **changed)

    def merge_into(self, other: "Tag", *, by: "User") -> None:
        """Let every card that has this tag have the other one instead, once, and take this one away. Raises Invalid
        for the tag itself and for one of another space."""
        from host.models.card import Tagging

        if other.id == self.id or other.account_id != self.account_id:
            raise Invalid({"into": [_("Choose another tag.")]})
        self._hold_with(other)
        record(TAG_MERGED, by.account, by=by, title=self.title, into=other.title, into_id=other.id)
        has_both = select(Tagging.card_id).where(Tagging.tag_id == other.id)
        moving = update(Tagging).where(Tagging.tag_id == self.id, Tagging.card_id.not_in(has_both))
        db.session.execute(moving.values(tag_id=other.id), execution_options={"synchronize_session": False})
        self._go()

    def delete(self, *, by: "User") -> None:
        """Take the tag off every card, and away."""
        record(TAG_DELETED, by.account, by=by, title=self.title)
        self._go()

    def _free(self, title: str) -> str:
        title = normal(title)
        if not title:
            raise Invalid({"title": [_("A tag needs a word.")]})
        others = select(Tag.id).where(Tag.account_id == self.account_id, Tag.title == title, Tag.id != self.id)
        if db.session.scalar(others) is not None:
            raise Invalid({"title": [_("There is a tag “%(title)s”. Merge this one into it instead.", title=title)]})
        return title

    def _hold_with(self, other: "Tag") -> None:
        """No card gets either while they become one: those on their way arrive first (see `named`). In order of their
        ids, or two who merge crosswise would wait for each other."""
        both = select(Tag.id).where(Tag.id.in_([self.id, other.id])).order_by(Tag.id)
        db.session.execute(both.with_for_update())

    def _go(self) -> None:
        """What hangs on it goes by the database."""
        db.session.delete(self)
        db.session.flush()
        db.session.expire_all()


def normal(title: str) -> str:
    """A tag's title as it is kept, and empty when there is no word in it."""
    return line(title).lstrip("# ").lower()[:LONGEST_TAG].strip()
