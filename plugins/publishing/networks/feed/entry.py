"""What stands in a space's feed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, func, select, tuple_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Account, Id, Model, Moment, NotFound, _, db, insert_ignoring, now, schedule
from plugins.publishing.networks.feed.pictures import forget, keep

LONGEST_TITLE = 200
AT_ONCE = 50  # on a page of the feed


class FeedEntry(Model):
    """One that was removed stays as a row, so nothing brings it back. `pictures` are `{"file": id, "alt": words}`."""

    __tablename__ = "publishing_feed_entry"
    __table_args__ = (
        UniqueConstraint("account_id", "key"),
        Index("ix_publishing_feed_entry_newest", "account_id", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(36))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(35), default="")  # a BCP 47 tag
    pictures: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    published_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)

    account: Mapped[Account] = relationship()

    @classmethod
    def publish(cls, account: Account, key: str, said: Mapping[str, Any], at: datetime) -> "FeedEntry | None":
        """The entry of this key, made unless it is there already: doing it again changes nothing. In the running
        transaction. None where a picture of it is gone."""
        found = cls.find(account.id, key)
        if found is not None:
            return found
        kept = keep(said["pictures"], account)
        if kept is None:
            return None
        new = {**said, "pictures": kept, "account_id": account.id, "key": key}
        made = insert_ignoring(cls).values(**new, published_at=at, updated_at=now()).returning(cls.id)
        if db.session.scalar(made) is None:
            forget(kept)  # somebody else was quicker
        _write_anew(account.id)
        return cls.find(account.id, key)

    @classmethod
    def find(cls, account_id: int, key: str) -> "FeedEntry | None":
        """Also one that was removed."""
        return db.session.scalars(select(cls).filter_by(account_id=account_id, key=key)).first()

    @classmethod
    def seen(cls, account_id: int, key: str) -> "FeedEntry":
        """Raises NotFound for one that is not there, or no longer."""
        found = cls.find(account_id, key)
        if found is None or found.removed_at is not None:
            raise NotFound(_("There is no such entry."))
        return found

    @classmethod
    def newest(cls, account_id: int, before: int | None = None) -> "Sequence[FeedEntry]":
        """One more than stands on a page, newest first; older than the one of this id, if one is given. Raises NotFound
        for one that the feed never had."""
        found = select(cls).filter_by(account_id=account_id, removed_at=None)
        if before is not None:
            last = db.session.scalars(select(cls).filter_by(account_id=account_id, id=before)).first()
            if last is None:
                raise NotFound(_("There is no such entry."))
            found = found.where(tuple_(cls.published_at, cls.id) < (last.published_at, last.id))
        return db.session.scalars(found.order_by(cls.published_at.desc(), cls.id.desc()).limit(AT_ONCE + 1)).all()

    @classmethod
    def changed_at(cls, account_id: int) -> datetime | None:
        """When the feed changed last; None for one that never held anything."""
        return db.session.scalar(select(func.max(cls.updated_at)).filter_by(account_id=account_id))

    def remove(self) -> None:
        """Take it out of the feed, in the running transaction, with its pictures. Readers that have it keep it."""
        if self.removed_at is None:
            self.removed_at = self.updated_at = now()
            forget(self.pictures)
            self.pictures = []
            _write_anew(self.account_id)


def _write_anew(account_id: int) -> None:
    from plugins.publishing.networks.feed.files import write_feed

    # One after the other: of two at once the one that read first might write last.
    schedule(write_feed, key=str(account_id), lane=f"feed {account_id}", account_id=account_id)
