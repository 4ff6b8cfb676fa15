"""What a person's settings would have made of yesterday, as a picture: what there was, and when it would be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Self

from sqlalchemy import select

from host import _, db, ngettext, now
from plugins.notifications.models import Notification
from plugins.notifications.preferences import Preferences

WIDTH = 560
DAY = timedelta(days=1)


class Sent(NamedTuple):
    """A bundle that would have gone out yesterday, with so many things."""

    x: float
    things: int
    at: datetime


@dataclass(frozen=True)
class Yesterday:
    """`dots` and `sent` lie on a line that is as long as the day; `bundles` counts also what would go out later."""

    dots: Sequence[float]
    sent: Sequence[Sent]
    bundles: int

    @classmethod
    def of(cls, preferences: Preferences) -> Self | None:
        """Nothing where nothing happened. A card's news counts once, at its latest."""
        zone = preferences.user.timezone
        midnight = now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        began = midnight - DAY
        times = db.session.scalars(
            select(Notification.updated_at)
            .where(Notification.user_id == preferences.user.id)
            .where(Notification.updated_at >= began, Notification.updated_at < midnight)
            .order_by(Notification.updated_at)
        ).all()
        bundles = _bundled(times, preferences)
        sent = [Sent(_x(at, began), count, at.astimezone(zone)) for at, count in bundles.items() if at < midnight]
        return cls([_x(at, began) for at in times], sent, len(bundles)) if times else None

    @property
    def words(self) -> str:
        things = ngettext("%(n)s thing", "%(n)s things", len(self.dots))
        if not self.bundles:
            return _("Yesterday, %(things)s would have been in the bell alone.", things=things)
        notes = ngettext("one note", "%(n)s notes", self.bundles)
        return _("Yesterday, %(things)s would have reached you as %(notes)s.", things=things, notes=notes)


def _bundled(times: Sequence[datetime], preferences: Preferences) -> dict[datetime, int]:
    """How many things each bundle would have had, by its end."""
    bundles: dict[datetime, int] = {}
    end = None
    for at in times if preferences.bundles else ():
        if end is None or at >= end:
            end = preferences.window_end(at)
        bundles[end] = bundles.get(end, 0) + 1
    return bundles


def _x(at: datetime, began: datetime) -> float:
    return round((at - began) / DAY * WIDTH, 1)
