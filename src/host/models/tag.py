"""A word that cards of a space share."""

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from host.db import Id, Model, db, insert_ignoring
from host.models.typed import line
from host.models.user import HUES

LONGEST_TAG = 100


class Tag(Model):
    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("account_id", "title"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(100))
    hue: Mapped[str] = mapped_column(String(10), default="moss")

    @classmethod
    def named(cls, account_id: int, title: str, hue: str | None = None) -> "Tag":
        """The space's tag with this title, made if need be; titles are lower case and without `#`."""
        title = normal(title)
        count = db.session.scalar(select(func.count()).where(cls.account_id == account_id)) or 0
        row = {"account_id": account_id, "title": title, "hue": hue or HUES[count % len(HUES)]}
        db.session.execute(insert_ignoring(cls), [row])
        return db.session.scalars(select(cls).filter_by(account_id=account_id, title=title)).one()


def normal(title: str) -> str:
    """A tag's title as it is kept, and empty when there is no word in it."""
    return line(title).lstrip("# ").lower()[:LONGEST_TAG].strip()
