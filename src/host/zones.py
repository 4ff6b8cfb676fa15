"""Time zones: the one that a person lives in, and the one of this computer for all who did not say."""

import os
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from host.errors import Invalid
from host.i18n import _

LONGEST = 64  # letters of a name
LOCALTIME = Path("/etc/localtime")  # on most systems a link to the file of a zone
NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})  # files beside the zones


class ThisComputer(tzinfo):
    """Whatever its clock on the wall says, summer time included."""

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        return at.replace(tzinfo=None).astimezone().utcoffset() if at else None

    def dst(self, _at: datetime | None) -> None:
        """Part of the offset; how much, the system does not tell."""

    def tzname(self, at: datetime | None) -> str | None:
        return at.replace(tzinfo=None).astimezone().tzname() if at else None

    def fromutc(self, at: datetime) -> datetime:
        seconds = at.replace(tzinfo=UTC, microsecond=0).timestamp()
        # Of an hour that comes twice in autumn it marks the later one.
        return datetime.fromtimestamp(seconds).replace(tzinfo=self, microsecond=at.microsecond)  # noqa: DTZ006


HERE = ThisComputer()


@cache
def zone_names() -> list[str]:
    """All that may be chosen, such as "Europe/Berlin"."""
    return sorted(available_timezones() - NO_PLACES)


def zone_of(name: str | None) -> tzinfo:
    """The zone of this name; this computer's without one, or where it is none (any more)."""
    try:
        return ZoneInfo(name) if name else HERE
    except (ZoneInfoNotFoundError, ValueError):
        return HERE


def name_here() -> str:
    """What this computer calls its own zone; UTC where it does not tell."""
    linked = str(LOCALTIME.resolve()).partition("/zoneinfo/")[2]
    names = zone_names()
    return next((name for name in (os.environ.get("TZ", ""), linked) if name in names), "UTC")


def checked_zone(name: str | None) -> str | None:
    """The name as it is kept. Raises Invalid for one that is none."""
    if name and name not in zone_names():
        raise Invalid({"zone": [_("There is no such time zone.")]})
    return name or None


def read_zone(name: str, field: str = "zone") -> ZoneInfo:
    """As a program or a file names it. Raises Invalid, by that field, for one that there is not."""
    try:
        return ZoneInfo(name.strip()[: LONGEST + 1])
    except (KeyError, ValueError, OSError) as error:  # OSError: a folder of zones, such as Europe
        said = _("There is no time zone “%(name)s”; one is Europe/Berlin.", name=name[:LONGEST])
        raise Invalid({field: [said]}) from error
