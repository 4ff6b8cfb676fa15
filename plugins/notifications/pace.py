"""When a bundle ends: a person's pace, and the hours in which they want to hear nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from host import _

HALF_HOUR = timedelta(minutes=30)
FEW_HOURS = (time(10), time(13), time(16))
MONDAY = 0
DAY = timedelta(days=1)


class Pace(StrEnum):
    """How often a person is sent what is new."""

    NEVER = "never"
    HALF_HOUR = "half_hour"
    FEW_HOURS = "few_hours"
    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def words(self) -> str:
        return WORDS[self]

    def end(self, at: datetime, hour: time, zone: tzinfo) -> datetime:
        """The end of a window that begins at `at`, by the clock of the person's zone; `hour` is when the daily and
        the weekly ones go. Raises ValueError for `NEVER`, which has no windows."""
        if self is Pace.NEVER:
            raise ValueError("whoever wants no bundle has no window")
        if self is Pace.HALF_HOUR:
            return at + HALF_HOUR
        times = FEW_HOURS if self is Pace.FEW_HOURS else (hour,)
        days = range(7) if self is not Pace.WEEKLY else (MONDAY,)
        return next(each for each in _moments(at, times, zone) if each.astimezone(zone).weekday() in days)


WORDS = {
    Pace.NEVER: _("Never"),
    Pace.HALF_HOUR: _("Every 30 minutes"),
    Pace.FEW_HOURS: _("Every few hours"),
    Pace.DAILY: _("Daily"),
    Pace.WEEKLY: _("Weekly"),
}


def after_quiet(at: datetime, begins: time | None, ends: time | None, zone: tzinfo) -> datetime:
    """The same moment, or the end of the quiet hours that it lies in; they may go over midnight."""
    if begins is None or ends is None or begins == ends:
        return at
    local = at.astimezone(zone).time()
    quiet = begins <= local < ends if begins < ends else local >= begins or local < ends
    return next(_moments(at, (ends,), zone)) if quiet else at


def _moments(after: datetime, times: tuple[time, ...], zone: tzinfo) -> Iterator[datetime]:
    """Every moment after this one at which the clock shows one of these times. A time that summer time leaves out
    comes an hour later, as clocks do; one that comes twice counts once."""
    day = after.astimezone(zone).date()
    while True:
        for each in times:
            moment = datetime.combine(day, each, zone).astimezone(UTC)
            if moment > after:
                yield moment
        day += DAY
