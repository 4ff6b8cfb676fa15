"""The day by which a card is to be done, as people ask for it by their own calendar; weeks begin on Monday."""

from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

WEEK = timedelta(days=7)

Day = InstrumentedAttribute[date | None]


class Due(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    ANY = "any"
    NONE = "none"

    @classmethod
    def read(cls, text: str) -> "Due | None":
        """The one of this name."""
        return next((due for due in cls if due == text), None)

    def clause(self, day: Day, today: date) -> ColumnElement[bool]:
        """On a column of days. Each but `none` can be answered by an index of the days that there are."""
        monday = today - timedelta(days=today.weekday())
        match self:
            case Due.OVERDUE:
                return day < today
            case Due.TODAY:
                return day == today
            case Due.THIS_WEEK:
                return day.between(monday, monday + WEEK - timedelta(days=1))
            case Due.NEXT_WEEK:
                return day.between(monday + WEEK, monday + 2 * WEEK - timedelta(days=1))
            case Due.ANY:
                return day.is_not(None)
        return day.is_(None)
