"""A key to the JSON API: shown once, stored as a digest, for one person in one space."""

import secrets
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db, words
from host.models.session import digest
from host.models.typed import checked_name
from host.models.user import User

PREFIX = "fallow_"


class Scope(StrEnum):
    READ = "read"  # GET and HEAD
    WRITE = "write"


class ApiToken(Model):
    __tablename__ = "token"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    scope: Mapped[Scope] = mapped_column(words(Scope))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def create(cls, user: User, *, name: str, scope: Scope) -> str:
        """Make a token and return its text: the only time that anybody sees it. Raises Invalid without a name."""
        name = checked_name(name)
        text = PREFIX + secrets.token_urlsafe(32)
        db.session.add(cls(user=user, name=name, scope=scope, digest=digest(text)))
        return text

    @classmethod
    def find(cls, text: str) -> "ApiToken | None":
        """The token with this text, if its person is still active."""
        token = db.session.scalars(select(cls).filter_by(digest=digest(text))).first()
        return token if token and token.user.active else None

    @classmethod
    def still_good(cls, digests: Collection[str]) -> set[str]:
        """Those of these that are an active person's token. Index: uq_token_digest."""
        rows = select(cls.digest).join(User, User.id == cls.user_id).where(cls.digest.in_(digests), User.active)
        return set(db.session.scalars(rows))
