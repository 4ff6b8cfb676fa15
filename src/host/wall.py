"""Times as clocks on the wall show them, and the moments that they mean (PEP 495)."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from host.errors import Invalid
from host.i18n import _


@dataclass(frozen=True)
class Moments:
    """What a wall clock's time means in a zone. `note` tells of an hour that is skipped or comes twice."""

    at: datetime  # aware, UTC; the first of two
    note: str = ""


def moment_of(wall: datetime, zone: tzinfo) -> Moments:
    """The moment at which clocks of the zone show this naive time. A time that is skipped when summer time begins means
    as long after the change as it would have been, and one that comes twice the first of the two."""
    first = wall.replace(tzinfo=zone, fold=0)
    at = first.astimezone(UTC)
    shown = at.astimezone(zone).replace(tzinfo=None)
    if shown != wall.replace(fold=0):
        said = _("Clocks skip %(wall)s that day; this is %(shown)s.", wall=f"{wall:%H:%M}", shown=f"{shown:%H:%M}")
        return Moments(at, said)
    if wall.replace(tzinfo=zone, fold=1).utcoffset() != first.utcoffset():
        return Moments(at, _("Clocks show %(wall)s twice that day; this is the first.", wall=f"{wall:%H:%M}"))
    return Moments(at)


def exact_moment(wall: datetime, zone: tzinfo, field: str) -> datetime:
    """The same for what a program or a file says, which nobody looks at. Raises Invalid for a time that is skipped."""
    try:
        meant = moment_of(wall, zone)
    except OverflowError as error:  # in the year 1 or 9999
        raise Invalid({field: [_("Choose a day and a time.")]}) from error
    if meant.at.astimezone(zone).replace(tzinfo=None) != wall.replace(fold=0):
        raise Invalid({field: [meant.note]})
    return meant.at
