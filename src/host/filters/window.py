"""Stretches of days as people name them, by the calendar of a zone; weeks begin on Monday."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum


class Window(StrEnum):
    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"

    @classmethod
    def read(cls, text: str) -> "Window | None":
        """The one of this name, also when it is written `This week` or `this-week`."""
        plain = _plain(text)
        return next((window for window in cls if _plain(window) == plain), None)

    def span(self, at: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its beginning and its end, which is no part of it, as somebody in this zone has it at that moment."""
        first, after = self._days(at.astimezone(zone).date())
        return begin(first, zone), begin(after, zone)

    def _days(self, today: date) -> tuple[date, date]:
        this, unit = self._unit(today)
        return (this, _shifted(this, unit, 1)) if self in CURRENT else (_shifted(this, unit, -1), this)

    def _unit(self, today: date) -> tuple[date, str]:
        """The beginning of the day, week, month or year in which today lies."""
        if self in (Window.TODAY, Window.YESTERDAY):
            return today, "day"
        if self in (Window.THIS_WEEK, Window.LAST_WEEK):
            return today - timedelta(days=today.weekday()), "week"
        if self in (Window.THIS_MONTH, Window.LAST_MONTH):
            return today.replace(day=1), "month"
        return today.replace(month=1, day=1), "year"


CURRENT = frozenset({Window.TODAY, Window.THIS_WEEK, Window.THIS_MONTH, Window.THIS_YEAR})


def begin(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _shifted(day: date, unit: str, by: int) -> date:
    if unit == "month":
        months = day.year * 12 + day.month - 1 + by
        return date(months // 12, months % 12 + 1, 1)
    if unit == "year":
        return day.replace(year=day.year + by)
    return day + timedelta(days=by * (7 if unit == "week" else 1))


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter not in " -_")
