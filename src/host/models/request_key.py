"""A name that a program gave to a request, so that it may send it again without its being done again."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from host.clock import now
from host.db import Id, Model, db, insert_ignoring
from host.models.user import User

KEPT = timedelta(days=1)
LONGEST = 255


class RequestKey(Model):
    """Written with what the request does, in one transaction; the answer follows, in another. Without one, the request
    is being carried out, or the program died before its answer was kept."""

    __tablename__ = "request_key"
    __table_args__ = (
        Index("uq_request_key_key", "user_id", "key", unique=True),
        Index("ix_request_key_created_at", "created_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(LONGEST))
    fingerprint: Mapped[str] = mapped_column(String(64))  # of the request: SHA-256, in hex
    status: Mapped[int | None]
    headers: Mapped[list[list[str]] | None] = mapped_column(JSON)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=now)

    @classmethod
    def begin(cls, user: User, key: str, fingerprint: str) -> "RequestKey | None":
        """None for a new one, which belongs to the running transaction; else what was sent before by that name, within
        a day."""
        stale = delete(cls).where(cls.user_id == user.id, cls.key == key, cls.created_at < now() - KEPT)
        db.session.execute(stale)
        new = {"user_id": user.id, "key": key, "fingerprint": fingerprint, "created_at": now()}
        inserted = db.session.execute(insert_ignoring(cls).values(**new).returning(cls.id)).first()
        return None if inserted else db.session.scalars(select(cls).filter_by(user_id=user.id, key=key)).one()

    @classmethod
    def keep_answer(cls, user_id: int, key: str, answer: dict[str, Any]) -> None:
        """Status, headers and body. What was undone with its request keeps none."""
        mine = update(cls).where(cls.user_id == user_id, cls.key == key, cls.status.is_(None))
        db.session.execute(mine.values(**answer))
