"""When a queue runs: every so many days or months, at a time of the day, by the clock of a zone.

The next time is found from days and a time of the day, never from the last moment: clocks that are changed move no
series, and a run whose time was skipped that night is followed by one at the right time.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from host import moment_of

MONTHS = 12
ONE_DAY = timedelta(days=1)
# What a date of Python's holds, with room for zones.
FIRST, LAST = date(1, 1, 2), date(9999, 12, 30)


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True)
class Rhythm:
    """Occurrences are numbered from the anchor's day, which has number 0. Days that are left out have none."""

    every: int
    unit: Unit
    anchor: date
    at: time
    zone: ZoneInfo
    left_out: frozenset[date] = frozenset()

    def day(self, number: int) -> date:
        """Of an occurrence. Raises OverflowError beyond the calendar's end. A month that is too short has it on its
        last day."""
        if self.unit is Unit.DAYS:
            return self.anchor + timedelta(days=number * self.every)
        years, month = divmod(self.anchor.month - 1 + number * self.every, MONTHS)
        year, month = self.anchor.year + years, month + 1
        if not FIRST.year <= year <= LAST.year:
            raise OverflowError(year)
        return date(year, month, min(self.anchor.day, calendar.monthrange(year, month)[1]))

    def moment(self, day: date) -> datetime:
        """When it is time on a day: UTC. Of a time that comes twice the first, of one that is skipped as long after."""
        return moment_of(datetime.combine(day, self.at), self.zone).at

    def days_from(self, day: date) -> Iterator[date]:
        """All of the series on or after that day, without those that are left out, until the calendar's end."""
        for number in count(self._first_number(day)):
            try:
                found = self.day(number)
            except OverflowError:
                return
            if found > LAST:
                return
            if found >= day and found not in self.left_out:
                yield found

    def after(self, moment: datetime) -> datetime | None:
        """The first occurrence after it."""
        begin = moment.astimezone(self.zone).date() - ONE_DAY
        times = (self.moment(day) for day in self.days_from(max(begin, FIRST)))
        return next((at for at in times if at > moment), None)

    def between(self, begin: datetime, end: datetime) -> Iterator[datetime]:
        """All from `begin` to `end`, both included, the earlier first."""
        for day in self.days_from(max(begin.astimezone(self.zone).date() - ONE_DAY, FIRST)):
            at = self.moment(day)
            if at > end:
                return
            if at >= begin:
                yield at

    def nearest(self, moment: datetime) -> datetime | None:
        """The occurrence that it is or is meant to be: within a day of it."""
        some = self.between(moment - ONE_DAY, moment + ONE_DAY)
        return min(some, key=lambda at: abs(at - moment), default=None)

    def is_shifted(self, at: datetime) -> bool:
        """Whether clocks are changed so that this occurrence shows another time than the usual."""
        return at.astimezone(self.zone).time() != self.at

    def _first_number(self, day: date) -> int:
        """Of an occurrence on or shortly before that day; never before the anchor."""
        if self.unit is Unit.DAYS:
            return max((day - self.anchor).days // self.every, 0)
        months = (day.year - self.anchor.year) * MONTHS + day.month - self.anchor.month
        return max(months // self.every, 0)


def first_from(moment: datetime, at: time, zone: ZoneInfo) -> date:
    """The first day on which this time of the day comes at or after the moment."""
    day = moment.astimezone(zone).date()
    return day if moment_of(datetime.combine(day, at), zone).at >= moment else day + ONE_DAY


def later_by(moment: datetime, every: int, unit: Unit, zone: ZoneInfo) -> datetime:
    """So many days or months later by the clock of the zone, as UTC."""
    local = moment.astimezone(zone)
    day = Rhythm(every, unit, local.date(), local.time(), zone).day(1)
    return moment_of(datetime.combine(day, local.time().replace(tzinfo=None)), zone).at.astimezone(UTC)
