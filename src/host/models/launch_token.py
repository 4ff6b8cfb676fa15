"""The one-time key in the address that the program opens: it signs the owner in, or opens the first-run page."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column

from host.clock import now
from host.db import Id, Model, db
from host.models.session import digest

LIFETIME = timedelta(minutes=10)


class LaunchToken(Model):
    __tablename__ = "launch_token"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]

    @classmethod
    def create(cls) -> str:
        """A fresh token's text, good once within ten minutes."""
        text = secrets.token_urlsafe(32)
        db.session.add(cls(digest=digest(text), expires_at=now() + LIFETIME))
        return text

    @classmethod
    def redeem(cls, text: str) -> bool:
        """Use the token up. The DELETE decides between two that come at once."""
        db.session.execute(delete(cls).where(cls.expires_at <= now()))
        used = db.session.execute(delete(cls).where(cls.digest == digest(text)).returning(cls.id))
        return used.first() is not None
