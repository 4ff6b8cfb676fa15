"""A target: a post on one connection. The unit of which each network gets one, and never two.

Whatever changes its state from outside a sender does so by one statement that names the state it expects, so that of a
cancel and a send that come at once one wins and the other hears of it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import BigInteger, ForeignKey, Index, String, select, text, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Id, Model, Moment, _, db, now, words
from plugins.publishing.connection import LONGEST_WHY, Connection
from plugins.publishing.part import Part
from plugins.publishing.post import Post, TooLate
from plugins.publishing.states import BUSY, IDLE, State

CLAIMED = timedelta(minutes=10)  # for longer nobody makes one ready or sends it
SCHEDULED = text("state IN ('scheduled', 'claimed', 'sending', 'unconfirmed')")


class Target(Model):
    __tablename__ = "publishing_target"
    __table_args__ = (
        Index("uq_publishing_target_connection", "post_id", "connection_id", unique=True),
        Index("ix_publishing_target_due", "next_at", sqlite_where=SCHEDULED, postgresql_where=SCHEDULED),
        Index(None, "connection_id", "due_at"),
        Index(None, "account_id", "due_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    post_id: Mapped[int] = mapped_column(ForeignKey("publishing_post.id", ondelete="CASCADE"))
    connection_id: Mapped[int] = mapped_column(ForeignKey("publishing_connection.id", ondelete="CASCADE"))
    state: Mapped[State] = mapped_column(words(State), default=State.DRAFT)
    own_at: Mapped[datetime | None] = mapped_column(Moment)  # a time of its own
    offset_seconds: Mapped[int] = mapped_column(default=0)  # after the post's time, where it has none of its own
    due_at: Mapped[datetime | None] = mapped_column(Moment)  # what comes of the two
    next_at: Mapped[datetime | None] = mapped_column(Moment)  # when something is to be done about it; None: never
    why: Mapped[str | None] = mapped_column(String(LONGEST_WHY))  # of its state, in a sentence
    duplicate: Mapped[bool] = mapped_column(default=False)  # it failed because the same is there already
    asks: Mapped[bool] = mapped_column(default=False)  # unconfirmed, and only a person can tell
    tries: Mapped[int] = mapped_column(default=0)  # that came to nothing, and count
    uid: Mapped[str] = mapped_column(String(32), default=lambda: uuid4().hex)  # what its messages are named after
    generation: Mapped[int] = mapped_column(default=0)  # of its content: what was made ready before is void
    job_id: Mapped[int | None] = mapped_column(BigInteger)  # that comes at its time
    claimed_by: Mapped[int | None] = mapped_column(BigInteger)  # the job that makes it ready or sends it
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    url: Mapped[str | None] = mapped_column(String(500))
    note: Mapped[str | None] = mapped_column(String(LONGEST_WHY))  # what the network did with it that was not asked for
    gone: Mapped[bool] = mapped_column(default=False)  # published, and removed at the network since

    post: Mapped[Post] = relationship(back_populates="targets")
    connection: Mapped[Connection] = relationship()
    parts: Mapped[list[Part]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=Part.number, back_populates="target"
    )

    @property
    def platform(self) -> str:
        return self.connection.platform

    @property
    def is_out(self) -> bool:
        """Some of it is or may be at the network."""
        return self.state in (State.SENDING, State.UNCONFIRMED, State.PUBLISHED) or any(
            part.is_out for part in self.parts
        )

    @property
    def is_fixed(self) -> bool:
        """What it says can no longer be changed: it is on its way or out."""
        return self.state in BUSY or self.is_out

    @property
    def shown_state(self) -> State:
        """Held is what waits for a connection that cannot publish, also before its time has come."""
        waits = self.state is State.SCHEDULED and self.connection.is_held
        return State.HELD if waits else self.state

    @property
    def message_seed(self) -> str:
        """The same for all tries at one content, and for no other content or target."""
        return f"{self.uid}.{self.generation}"

    def require_still(self) -> None:
        """Raise TooLate where its content can no longer be changed; otherwise nobody takes it up before this
        transaction ends."""
        self.hold_still()
        if self.is_fixed:
            raise self.too_late()

    def hold_still(self) -> None:
        """As the database says now, and nobody takes it up before this transaction ends."""
        db.session.refresh(self, with_for_update=True)
        db.session.expire(self, ["parts"])

    def too_late(self) -> TooLate:
        if self.state in BUSY:
            return TooLate(_("Too late: it is on its way to %(handle)s.", handle=self.connection.handle))
        return TooLate(_("Too late: it is out on %(handle)s.", handle=self.connection.handle))

    def time(self, at: datetime | None) -> None:
        """Follow the post's time, unless it has its own."""
        self.due_at = self.own_at or (at + timedelta(seconds=self.offset_seconds) if at else None)

    def unfreeze(self) -> None:
        """What was made ready from older content is void; what is on its way says what it said."""
        if not self.is_fixed and self.parts:
            self.parts.clear()
            self.generation += 1

    def lose_approval(self) -> bool:
        """Whether it had need of one."""
        waits = self.state in (State.SCHEDULED, State.HELD)
        if waits:
            self.go(State.NEEDS_APPROVAL)
        return waits

    def go(self, state: State, why: str = "", *, next_at: datetime | None = None, **values: Any) -> None:
        """Into another state, in hands that nobody else's can be in."""
        self.state, self.why, self.next_at = state, why[:LONGEST_WHY] or None, next_at
        self.asks = self.duplicate = False
        self.claimed_by = self.claimed_until = None
        for name, value in values.items():
            setattr(self, name, value)

    def move(self, expected: Collection[State], state: State, **values: Any) -> bool:
        """Into another state if it is in one of these now; False when somebody was there before us."""
        values = {"why": None, "next_at": None, "asks": False, "duplicate": False, **values}
        moved = update(Target).where(Target.id == self.id, Target.state.in_(expected)).values(state=state, **values)
        db.session.flush()
        won = db.session.scalars(moved.returning(Target), execution_options={"populate_existing": True}).first()
        if won is None:
            db.session.refresh(self)
        return won is not None

    @classmethod
    def claim(cls, id: int, job_id: int) -> "Target | None":  # noqa: A002
        """Take one up that is due: one that waits, or that this very job or a dead one had in hand. None when there is
        nothing to do about it now."""
        open_ones = (State.SCHEDULED, State.CLAIMED, State.SENDING, State.UNCONFIRMED)
        free = (cls.claimed_by == job_id) | cls.claimed_until.is_(None) | (cls.claimed_until <= now())
        due = update(cls).where(cls.id == id, cls.state.in_(open_ones), cls.next_at <= now(), free)
        taken = due.values(claimed_by=job_id, claimed_until=now() + CLAIMED).returning(cls.id)
        found = db.session.scalar(taken)
        return db.session.get(cls, found, populate_existing=True) if found else None

    @classmethod
    def due(cls) -> Any:
        """Ids of those about which something is to be done by now. Index: ix_publishing_target_due"""
        return select(cls.id).where(SCHEDULED, cls.next_at <= now()).order_by(cls.next_at, cls.id)

    @property
    def is_idle(self) -> bool:
        return self.state in IDLE
