"""One sign-in on one device; the cookie holds its key, the table only the key's digest."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.models.user import User


class UserSession(Model):
    __tablename__ = "session"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def open(cls, user: User, user_agent: str = "") -> User:
        """Start a session; the returned user carries its key for Flask-Login."""
        user.session_key = secrets.token_urlsafe(32)
        db.session.add(cls(user=user, digest=digest(user.session_key), user_agent=user_agent[:200]))
        return user

    @classmethod
    def user_for(cls, key: str) -> User | None:
        """The active person behind a cookie's key."""
        found = db.session.scalars(select(cls).filter_by(digest=digest(key))).first()
        if found is None or not found.user.active:
            return None
        found.user.session_key = key
        return found.user

    @classmethod
    def still_open(cls, digests: Collection[str]) -> set[str]:
        """Those of these that belong to an active person's session. Index: uq_session_digest."""
        rows = select(cls.digest).join(User, User.id == cls.user_id).where(cls.digest.in_(digests), User.active)
        return set(db.session.scalars(rows))

    @classmethod
    def id_of(cls, key: str) -> int | None:
        """The session of a cookie's key."""
        return db.session.scalars(select(cls.id).filter_by(digest=digest(key))).first()

    @classmethod
    def close(cls, key: str) -> None:
        """End the session; closing one that is gone changes nothing."""
        for session in db.session.scalars(select(cls).filter_by(digest=digest(key))):
            db.session.delete(session)


def digest(key: str) -> str:
    """Keys are random, so a plain hash is enough to keep them out of the table."""
    return hashlib.sha256(key.encode()).hexdigest()
