"""What a person is told: one row for each person and card, and one for each thing that is about no single card."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, Select, String, func, or_, select, text, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from host import Card, Id, Model, Moment, NotFound, User, _, db, now, publish_live, visible

TOPIC = "notifications"  # what open pages listen for

HAS_CARD = text("card_id IS NOT NULL")
HAS_KEY = text("key IS NOT NULL")
UNREAD = text("read_at IS NULL")


class Notification(Model):
    __tablename__ = "notifications_notification"
    __table_args__ = (
        # Where a new cause finds the row that it replaces.
        Index(None, "user_id", "card_id", unique=True, sqlite_where=HAS_CARD, postgresql_where=HAS_CARD),
        Index(None, "user_id", "key", unique=True, sqlite_where=HAS_KEY, postgresql_where=HAS_KEY),
        # The list, newest first.
        Index(None, "user_id", "updated_at"),
        # The bell's count, on every page.
        Index("ix_notifications_unread", "user_id", "card_id", sqlite_where=UNREAD, postgresql_where=UNREAD),
        # What the deletion of cards and events looks for.
        Index(None, "card_id"),
        Index(None, "event_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(100))  # what the shown cause is one part of, such as a sweep
    kind: Mapped[str] = mapped_column(String(60))  # the shown cause: an event's kind
    creator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))  # nobody: by itself
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # the shown cause's particulars
    unread_count: Mapped[int] = mapped_column(default=1)  # causes since it was last read
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=now)  # when the shown cause happened
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

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


def of(person: User) -> Select[Notification]:
    """What this person may read of, newest first, with its cards and people."""
    theirs = select(Notification).where(_theirs(person))
    newest_first = theirs.order_by(Notification.updated_at.desc(), Notification.id.desc())
    return newest_first.options(joinedload(Notification.card), joinedload(Notification.creator))


def one_of(person: User, id: int) -> Notification:  # noqa: A002
    """Raises NotFound for one of somebody else, or about a card that this person may no longer see."""
    found = db.session.scalars(of(person).where(Notification.id == id)).first()
    if found is None:
        raise NotFound(_("There is no such notification."))
    return found


def about(card: Card, person: User) -> Notification | None:
    """What this person has been told of the card, if anything."""
    return db.session.scalars(of(person).where(Notification.card_id == card.id)).first()


def unread_count(person: User, *, most: int | None = None) -> int:
    """How many wait to be read; counting ends at `most`. Index: ix_notifications_unread."""
    unread = select(Notification.id).where(_theirs(person), Notification.read_at.is_(None)).limit(most)
    return db.session.scalars(select(func.count()).select_from(unread.subquery())).one()


def read_all(person: User) -> None:
    """Mark everything of this person read."""
    unread = update(Notification).where(Notification.user_id == person.id, Notification.read_at.is_(None))
    db.session.execute(unread.values(read_at=now(), unread_count=0))
    publish_live(TOPIC, account_id=person.account_id, to=[person.id])


def _theirs(person: User) -> ColumnElement[bool]:
    may_see = select(Card.id).where(Card.id == Notification.card_id, visible(Card, person)).exists()
    return (Notification.user_id == person.id) & or_(Notification.card_id.is_(None), may_see)
