"""A file of a space: its name, its type as it was found in its bytes, and who brought it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import BinaryIO

from flask import current_app
from sqlalchemy import BigInteger, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host.clock import now
from host.db import Id, Model, db
from host.files.arrival import Arrival, arriving
from host.files.folder import storage
from host.files.holding import hold
from host.files.kind import kind_of
from host.files.name import plain_name
from host.files.picture import PICTURES, Size, measured, picture_type
from host.later import later
from host.models.account import Account
from host.models.user import User


class File(Model):
    """Many may hold the same: what they hold is stored once, and as long as one of them needs it."""

    __tablename__ = "file"
    __table_args__ = (Index(None, "account_id"), Index(None, "sha256"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    type: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    width: Mapped[int | None]  # of a picture
    height: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship()
    by: Mapped[User | None] = relationship()

    @classmethod
    def keep(cls, stream: BinaryIO, name: str, by: User) -> "File":
        """Take in what the stream holds, in the running transaction: if that is undone, what was stored is forgotten
        later (by the rule `host.files`).

        Raises Invalid (`file`) for one that is empty, above the installation's limit, or a picture that is broken or
        too large to unpack; Fault where it cannot be stored."""
        with arriving(stream, most=current_app.extensions["fallow"].config.largest_file) as arrival:
            type, size = _looked_at(arrival)  # noqa: A001
            hold(arrival.sha256)
            storage().put(arrival.content)
        file = cls(account=by.account, by=by, sha256=arrival.sha256, size=arrival.size, type=type)
        file.name, (file.width, file.height) = plain_name(name), size or (None, None)
        db.session.add(file)
        db.session.flush()
        return file

    @classmethod
    def again(cls, account: Account, sha256: str, by: User) -> "File | None":
        """Another file that holds what one of this space's does: it stays when that one is removed. None where the
        space has none that does."""
        hold(sha256)  # or the last one may be going just now, and its content with it
        found = db.session.scalars(select(cls).filter_by(account_id=account.id, sha256=sha256).order_by(cls.id)).first()
        if found is None:
            return None
        file = cls(account=account, by=by, sha256=sha256, size=found.size, type=found.type, name=found.name)
        file.width, file.height = found.width, found.height
        db.session.add(file)
        db.session.flush()
        return file

    @property
    def is_picture(self) -> bool:
        """Whether browsers may show it inside a page."""
        return self.type in PICTURES

    @property
    def by_or_system(self) -> User:
        """Whoever brought it, or who stands in for them."""
        return self.by or self.account.system

    def open(self) -> BinaryIO:
        """To be read and closed. Raises NotFound where the content is gone."""
        return storage().open(self.sha256)

    def read(self) -> bytes:
        """Raises as `open` does."""
        return self.reader()

    @property
    def reader(self) -> Callable[[], bytes]:
        """Reads the content later, also once this row and its transaction are out of reach. Raises as `open` does."""
        return partial(_read, self.sha256)

    def remove(self) -> None:
        """The row goes with this transaction; what it held goes once that has committed, unless another row needs
        it."""
        from host.files.forgetting import forget_content

        sha256 = self.sha256
        db.session.delete(self)
        later(forget_content, key=sha256, sha256=sha256)


def _read(key: str) -> bytes:
    with storage().open(key) as content:
        return content.read()


def _looked_at(arrival: Arrival) -> tuple[str, Size | None]:
    """Neither the name nor what a browser says of it counts."""
    picture = picture_type(arrival.content)
    if picture is None:
        return kind_of(arrival.content), None
    return picture, measured(arrival.content, picture)
