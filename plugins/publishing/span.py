"""The days that a calendar shows: a month of whole weeks, a week, or a month as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from host import _

WEEK = timedelta(days=7)
ERA = range(1980, 2200)  # years; beyond them a calendar is of no use, and near the ends of time sums overflow


class View(StrEnum):
    MONTH = "month"
    WEEK = "week"
    LIST = "list"


@dataclass(frozen=True)
class Span:
    """`day` is any day in it."""

    view: View
    day: date

    @classmethod
    def asked(cls, view: str, day: str, today: date) -> "Span":
        """What an address asks for; the month of today where that is nothing."""
        known = View(view) if view in list(View) else View.MONTH
        return cls(known, _day(day) or today)

    @property
    def first(self) -> date:
        """Of the month or the week that it is about."""
        return _monday(self.day) if self.view is View.WEEK else self.day.replace(day=1)

    @property
    def next_first(self) -> date:
        if self.view is View.WEEK:
            return self.first + WEEK
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def previous_first(self) -> date:
        return self.first - WEEK if self.view is View.WEEK else (self.first - timedelta(days=1)).replace(day=1)

    @property
    def days(self) -> Sequence[date]:
        """All that are drawn: a month's weeks are whole."""
        begin, end = self.first, self.next_first
        if self.view is View.MONTH:
            begin, end = _monday(begin), _monday(end - timedelta(days=1)) + WEEK
        return [begin + timedelta(days=number) for number in range((end - begin).days)]

    def moments(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From the first midnight to the last, in UTC."""
        begin, end = self.days[0], self.days[-1] + timedelta(days=1)
        return _midnight(begin, zone), _midnight(end, zone)

    @property
    def title(self) -> str:
        if self.view is not View.WEEK:
            return f"{self.day:%B} {self.day.year}"
        last = self.next_first - timedelta(days=1)
        begin = f"{self.first.day} {self.first:%B}" if self.first.month != last.month else str(self.first.day)
        return _("%(first)s to %(last)s", first=begin, last=f"{last.day} {last:%B} {last.year}")


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in ERA else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
