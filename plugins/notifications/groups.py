"""The time windows of the list: the last half hour, earlier today, yesterday, and then each day."""

from datetime import datetime, timedelta

from host import _, local_time, ngettext, now

JUST_NOW = timedelta(minutes=30)


def window(at: datetime) -> str:
    """The name of the window that a moment lies in."""
    day, today = local_time(at).date(), local_time(now()).date()
    if now() - at <= JUST_NOW:
        return _("Last 30 minutes")
    if day == today:
        return _("Earlier today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    words = f"{day:%A} {day.day} {day:%B}"
    return words if day.year == today.year else f"{words} {day.year}"


def when(at: datetime) -> str:
    """ "6 minutes ago" in the first window, the time of day in all others."""
    age = now() - at
    if age > JUST_NOW:
        return f"{local_time(at):%H:%M}"
    minutes = int(age.total_seconds() // 60)
    return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) if minutes > 0 else _("just now")
