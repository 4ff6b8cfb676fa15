"""What a person is told: one row for each person and card, and one for each thing that is about no single card."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ColumnExpressionArgument,
    ForeignKey,
    Index,
    Select,
    String,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from host import Card, Id, Model, Moment, NotFound, User, _, db, now, publish_live, visible, words
from plugins.notifications.reasons import Reason

TOPIC = "notifications"  # what open pages listen for

HAS_CARD = text("card_id IS NOT NULL")
HAS_KEY = text("key IS NOT NULL")
# As each database asks for what is true, or it would not use the index.
UNREAD_ON_SQLITE, UNREAD_ON_POSTGRESQL = text("read_at IS NULL AND in_bell = 1"), text("read_at IS NULL AND in_bell")


class Notification(Model):
    __tablename__ = "notifications_notification"
    __table_args__ = (
        # Where a new cause finds the row that it replaces.
        Index(None, "user_id", "card_id", unique=True, sqlite_where=HAS_CARD, postgresql_where=HAS_CARD),
        Index(None, "user_id", "key", unique=True, sqlite_where=HAS_KEY, postgresql_where=HAS_KEY),
        # The list, newest first.
        Index(None, "user_id", "updated_at"),
        # The bell's count, on every page.
        Index(
            "ix_notifications_unread",
            "user_id",
            "card_id",
            sqlite_where=UNREAD_ON_SQLITE,
            postgresql_where=UNREAD_ON_POSTGRESQL,
        ),
        # What a bundle has to say.
        Index(None, "bundle_id"),
        # What the deletion of cards and events looks for.
        Index(None, "card_id"),
        Index(None, "event_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(100))  # what the shown cause is one part of, such as a sweep
    kind: Mapped[str] = mapped_column(String(60))  # the shown cause: an event's kind
    reason: Mapped[Reason] = mapped_column(words(Reason))  # why this person is told
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))  # nobody: by itself
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # the shown cause's particulars
    unread_count: Mapped[int] = mapped_column(default=1)  # causes since it was last read
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=now)  # when the shown cause happened
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    in_bell: Mapped[bool] = mapped_column(default=True)
    on_desktop: Mapped[bool] = mapped_column(default=False)
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("notifications_bundle.id", ondelete="SET NULL"))

    card: Mapped[Card | None] = relationship()
    user: Mapped[User] = relationship(foreign_keys=user_id)
    creator: Mapped[User | None] = relationship(foreign_keys=creator_id)

    @property
    def unread(self) -> bool:
        return self.read_at is None

    def read(self) -> None:
        """Mark it read; reading it again changes nothing."""
        if self.unread:
            self.read_at, self.unread_count = now(), 0
            publish_live(TOPIC, account_id=self.user.account_id, to=[self.user_id])

    def unsee(self) -> None:
        """Mark it unread again, as one thing."""
        if not self.unread:
            self.read_at, self.unread_count = None, 1
            publish_live(TOPIC, account_id=self.user.account_id, to=[self.user_id])

    @classmethod
    def to_be_sent(cls, person: User, bundle_id: int) -> "Select[Notification]":
        """What is unread of a bundle, and may still be seen, the oldest first.
        Index: ix_notifications_notification_bundle_id."""
        unread = _with_all(cls.bundle_id == bundle_id, cls.read_at.is_(None), _theirs(person))
        return unread.order_by(cls.updated_at, cls.id)


def of(person: User) -> Select[Notification]:
    """What is in this person's bell and they may read of, newest first, with its cards and people."""
    theirs = _with_all(_theirs(person), Notification.in_bell)
    return theirs.order_by(Notification.updated_at.desc(), Notification.id.desc())


def for_desktop(person: User, since: datetime) -> Select[Notification]:
    """What is unread and to be shown on this person's desktop, told since then.
    Index: ix_notifications_notification_user_id_updated_at."""
    unread = _with_all(_theirs(person), Notification.on_desktop, Notification.read_at.is_(None))
    return unread.where(Notification.updated_at > since).order_by(Notification.updated_at, Notification.id)


def one_of(person: User, id: int) -> Notification:  # noqa: A002
    """Raises NotFound for one of somebody else, or about a card that this person may no longer see."""
    found = db.session.scalars(of(person).where(Notification.id == id)).first()
    if found is None:
        raise NotFound(_("There is no such notification."))
    return found


def unread_among(person: User, ids: Collection[int]) -> Sequence[Notification]:
    """Those of these that this person has not read and may still see, the oldest first."""
    unread = _with_all(_theirs(person), Notification.id.in_(ids), Notification.read_at.is_(None))
    return db.session.scalars(unread.order_by(Notification.updated_at, Notification.id)).all()


def about(card: Card, person: User) -> Notification | None:
    """What this person has been told of the card, if anything, by whichever way."""
    return db.session.scalars(_with_all(_theirs(person), Notification.card_id == card.id)).first()


def unread_count(person: User, *, most: int | None = None) -> int:
    """How many wait to be read; counting ends at `most`. Index: ix_notifications_unread."""
    unread = select(Notification.id).where(_theirs(person), Notification.read_at.is_(None), Notification.in_bell)
    return db.session.scalars(select(func.count()).select_from(unread.limit(most).subquery())).one()


def read_all(person: User) -> None:
    """Mark everything in this person's bell read."""
    unread = update(Notification).where(
        Notification.user_id == person.id, Notification.read_at.is_(None), Notification.in_bell
    )
    db.session.execute(unread.values(read_at=now(), unread_count=0))
    publish_live(TOPIC, account_id=person.account_id, to=[person.id])


def _with_all(*conditions: ColumnExpressionArgument[bool]) -> Select[Notification]:
    found = select(Notification).where(*conditions)
    return found.options(joinedload(Notification.card), joinedload(Notification.creator))


def _theirs(person: User) -> ColumnElement[bool]:
    may_see = select(Card.id).where(Card.id == Notification.card_id, visible(Card, person)).exists()
    return (Notification.user_id == person.id) & or_(Notification.card_id.is_(None), may_see)
