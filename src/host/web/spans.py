"""Lengths of time, and times near to now, as people say them."""

from datetime import datetime, timedelta

from host.clock import now
from host.i18n import _
from host.web.moments import local_time, short_day

MINUTE, HOUR, DAY = 60, 3600, 86_400


def span(length: timedelta) -> str:
    """“4 s”, “12 min”, “3 h”, “5 days”."""
    seconds = max(length.total_seconds(), 0)
    if seconds < MINUTE:
        return _("%(n)s s", n=int(seconds))
    if seconds < HOUR:
        return _("%(n)s min", n=int(seconds // MINUTE))
    if seconds < 2 * DAY:
        return _("%(n)s h", n=int(seconds // HOUR))
    return _("%(n)s days", n=int(seconds // DAY))


def took(length: timedelta) -> str:
    """As a span, but to a tenth of a second below a minute: “0.3 s”."""
    seconds = length.total_seconds()
    return _("%(n)s s", n=f"{seconds:.1f}") if seconds < MINUTE else span(length)


def near(at: datetime) -> str:
    """“in 18 min”, “today, 09:41”, “tomorrow, 00:05”, “4 Aug, 10:12”."""
    ahead = at - now()
    if timedelta() < ahead < timedelta(hours=1):
        return _("in %(span)s", span=span(ahead))
    return moment(at)


def moment(at: datetime) -> str:
    """“today, 09:41”, “tomorrow, 00:05”, “4 Aug, 10:12”."""
    there, here = local_time(at), local_time(now())
    days = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return f"{days.get((there.date() - here.date()).days) or short_day(at)}, {there:%H:%M}"
