"""A message in a table: how processes on one SQLite file tell each other."""

from datetime import datetime, timedelta

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from host.db import Id, Model, Moment

KEPT = timedelta(minutes=1)


class Letter(Model):
    __tablename__ = "live_letter"
    # Ids are never given again, so a reader that remembers the last one misses none.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    message: Mapped[str] = mapped_column(Text)
