"""A person's bundle: what is new for them in a window of time, sent in one go at its end.

A bundle is open until it is taken up for sending; whatever is told meanwhile belongs to it, also after its end. From
then on what is new opens another. The database holds that a person has one open bundle at most.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, Select, String, and_, or_, select, text, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from host import Id, Model, Moment, User, db, now, words
from plugins.notifications.models import Notification

# For longer nobody is at work on one: a letter that takes ten minutes has failed.
CLAIMED = timedelta(minutes=10)
AGAIN, LONGEST, DOUBLINGS = timedelta(minutes=1), timedelta(hours=1), 6
GIVEN_UP = timedelta(days=4)  # after which a letter that cannot be sent is returned, RFC 5321, 4.5.4.1


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # being sent, or to be tried again
    SENT = "sent"
    EMPTY = "empty"  # all had been read
    JOINED = "joined"  # with a later one, as a mail server was away
    DROPPED = "dropped"  # the person wants none
    FAILED = "failed"
    UNKNOWN = "unknown"  # handed over twice, and never heard whether it was taken


OPEN, CLOSED = text("state = 'open'"), text("state = 'closed'")


class Bundle(Model):
    __tablename__ = "notifications_bundle"
    __table_args__ = (
        Index("uq_notifications_bundle_open", "user_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_notifications_bundle_due", "ends_at", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_notifications_bundle_retry", "claimed_until", sqlite_where=CLOSED, postgresql_where=CLOSED),
        Index(None, "user_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    state: Mapped[State] = mapped_column(words(State), default=State.OPEN)
    starts_at: Mapped[datetime] = mapped_column(Moment, default=now)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    claimed_by: Mapped[int | None] = mapped_column(BigInteger)  # a job's id
    ended_at: Mapped[datetime | None] = mapped_column(Moment)  # sent, found empty, dropped or failed
    tries: Mapped[int] = mapped_column(default=0)  # that came to nothing
    unanswered: Mapped[int] = mapped_column(default=0)  # times that it was handed over and no answer was heard
    error: Mapped[str | None] = mapped_column(String(500))  # why the last one did

    user: Mapped[User] = relationship()

    @classmethod
    def due(cls) -> Select[int]:
        """The ids of those that are to be sent by now, also of those whose sender is gone."""
        return select(cls.id).where(or_(_has_ended(), _is_free())).order_by(cls.ends_at, cls.id)

    @classmethod
    def close(cls, id: int) -> bool:  # noqa: A002
        """End its window, once, if it is due: False when somebody did before. Who tells the person something meanwhile
        holds the person's row, so that is in this bundle or in the next."""
        person = select(cls.user_id).filter_by(id=id).scalar_subquery()
        db.session.execute(select(User.id).where(User.id == person).with_for_update(key_share=True))
        closed = update(cls).where(cls.id == id, _has_ended()).values(state=State.CLOSED, claimed_until=now())
        return db.session.scalars(closed.returning(cls.id)).first() is not None

    @classmethod
    def claim(cls, id: int, job_id: int) -> "Bundle | None":  # noqa: A002
        """Take a closed one up for sending; None when another job is at it, it is to wait, or it has ended. A job that
        is run again, because its worker died, has its claim still."""
        ours = and_(cls.state == State.CLOSED, cls.claimed_by == job_id)
        taken = update(cls).where(cls.id == id, or_(_is_free(), ours))
        taken = taken.values(claimed_until=now() + CLAIMED, claimed_by=job_id)
        found = db.session.scalars(taken.returning(cls.id)).first()
        return db.session.get(cls, found, populate_existing=True) if found else None

    @classmethod
    def put_off(cls, person: User) -> "Bundle | None":
        """The latest that could not be sent and is to be tried again. Index: ix_notifications_bundle_user_id."""
        waiting = select(cls).where(cls.user_id == person.id, cls.state == State.CLOSED, cls.error.is_not(None))
        return db.session.scalars(waiting.order_by(cls.id.desc())).first()

    @property
    def uncertain(self) -> bool:
        """Whether its letter may have arrived. It stays as it is, then, and goes out once more at most."""
        return self.unanswered > 0

    @property
    def repeated(self) -> bool:
        return self.unanswered > 1

    @property
    def unread(self) -> list[Notification]:
        """What it has to say, the oldest first: what its person has not read, and may still see."""
        return list(db.session.scalars(Notification.to_be_sent(self.user, self.id)))

    def take_in(self) -> None:
        """Tell in this letter what earlier ones had to say that could not be sent, so that a server which was away for
        long is not followed by a flood. Not what may have arrived, and nothing into a letter that may have."""
        if self.uncertain:
            return
        waiting = select(Bundle.id).where(
            Bundle.user_id == self.user_id, Bundle.state == State.CLOSED, Bundle.id != self.id
        )
        waiting = waiting.where(Bundle.claimed_by.is_(None), Bundle.unanswered == 0).with_for_update(skip_locked=True)
        ids = db.session.scalars(waiting).all()
        db.session.execute(update(Notification).where(Notification.bundle_id.in_(ids)).values(bundle_id=self.id))
        ended = update(Bundle).where(Bundle.id.in_(ids))
        db.session.execute(ended.values(state=State.JOINED, ended_at=now(), claimed_until=None))

    def end(self, state: State, error: str | None = None) -> None:
        self.state, self.ended_at, self.claimed_until = state, now(), None
        self.error = error[:500] if error else None

    @classmethod
    def hand_over(cls, id: int) -> None:  # noqa: A002
        """To be committed at the last moment before a server may have its letter."""
        db.session.execute(update(cls).where(cls.id == id).values(unanswered=cls.unanswered + 1))

    def try_again(self, error: str) -> datetime | None:
        """Let it be taken up again, each time after twice as long, at the time that this gives; or give it up, when
        that has gone on for days, or when it was repeated and may have arrived."""
        if self.repeated:
            self.end(State.UNKNOWN, error)
            return None
        again: datetime = now() + min(AGAIN * 2 ** min(self.tries, DOUBLINGS), LONGEST)
        if again - self.ends_at > GIVEN_UP:
            self.end(State.FAILED, error)
            return None
        self.claimed_until, self.claimed_by, self.error, self.tries = again, None, error[:500], self.tries + 1
        return again


def open_bundle(person: User) -> Bundle | None:
    open_one = select(Bundle).filter_by(user_id=person.id, state=State.OPEN)
    return db.session.scalars(open_one.options(joinedload(Bundle.user))).first()


def _has_ended() -> ColumnElement[bool]:
    """Index: ix_notifications_bundle_due."""
    return and_(Bundle.state == State.OPEN, Bundle.ends_at <= now())


def _is_free() -> ColumnElement[bool]:
    """Index: ix_notifications_bundle_retry."""
    return and_(Bundle.state == State.CLOSED, Bundle.claimed_until <= now())
