"""The installation's key pair for push: browsers are given the public half, push services see what the private one
signed. In the database, so that every machine of a team's server has the same."""

from base64 import urlsafe_b64encode
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from host import Id, LostSecret, Model, Moment, Sealed, db, insert_ignoring, now


class PushKey(Model):
    __tablename__ = "notifications_push_key"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    public: Mapped[str] = mapped_column(String(100))  # an uncompressed point of P-256, as base64url
    private: Mapped[str] = mapped_column(Sealed)  # its number, likewise
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    @classmethod
    def current(cls) -> "PushKey":
        """The newest, made when it is first asked for, and again where the one that there is cannot be read any more.
        That one stays: the browsers that know it are served when its own key comes back."""
        newest = cls._newest()
        if newest is None or newest.lost:
            # Of two that make it at once the second takes the first one's.
            db.session.execute(insert_ignoring(cls).values(id=newest.id + 1 if newest else 1, **_pair()))
            newest = cls._newest()
        assert newest is not None  # noqa: S101 -- just made
        return newest

    @classmethod
    def _newest(cls) -> "PushKey | None":
        return db.session.scalars(select(cls).order_by(cls.id.desc()).limit(1)).first()

    @property
    def lost(self) -> bool:
        return isinstance(self.private, LostSecret)


def _pair() -> dict[str, str]:
    made = ec.generate_private_key(ec.SECP256R1())
    point = made.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    number = made.private_numbers().private_value.to_bytes(32, "big")
    return {"public": _text(point), "private": _text(number)}


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
