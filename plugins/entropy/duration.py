"""Lengths of time in the units that people use."""

from enum import StrEnum
from typing import NamedTuple

from host import _, ngettext

SHORTEST = 60
LONGEST = 3650 * 86_400
LIMITS = _("Choose between one minute and ten years.")


class Unit(StrEnum):
    """From the longest to the shortest."""

    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"

    @property
    def seconds(self) -> int:
        return {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}[self]

    @property
    def plural(self) -> str:
        return {"days": _("days"), "hours": _("hours"), "minutes": _("minutes"), "seconds": _("seconds")}[self]

    def words(self, amount: int) -> str:
        """So many of them: "3 days", "1 hour"."""
        return {
            "days": ngettext("%(n)s day", "%(n)s days", amount),
            "hours": ngettext("%(n)s hour", "%(n)s hours", amount),
            "minutes": ngettext("%(n)s minute", "%(n)s minutes", amount),
            "seconds": ngettext("%(n)s second", "%(n)s seconds", amount),
        }[self]

    def numbered(self, number: int) -> str:
        """One of a row: "Day 15"."""
        return {
            "days": _("Day %(n)s", n=f"{number:,}"),
            "hours": _("Hour %(n)s", n=f"{number:,}"),
            "minutes": _("Minute %(n)s", n=f"{number:,}"),
            "seconds": _("Second %(n)s", n=f"{number:,}"),
        }[self]


class Duration(NamedTuple):
    amount: int
    unit: Unit

    @classmethod
    def of(cls, seconds: int, *, least: int = 1) -> "Duration":
        """In the longest unit that leaves nothing over and of which there are at least so many: 129600 seconds are
        36 hours."""
        unit = next(
            unit
            for unit in Unit
            if (seconds % unit.seconds == 0 and seconds // unit.seconds >= least) or unit is Unit.SECONDS
        )
        return cls(seconds // unit.seconds, unit)

    @property
    def seconds(self) -> int:
        return self.amount * self.unit.seconds

    @property
    def words(self) -> str:
        return self.unit.words(self.amount)


def within_limits(seconds: int) -> bool:
    """From a minute to ten years."""
    return SHORTEST <= seconds <= LONGEST
