"""The bell in the top bar."""

from flask import url_for

from host import NavItem, User, _, now
from plugins.notifications.models import unread_count

MOST = 99  # the badge has room for two digits


def for_person(person: User) -> NavItem:
    """The bell as this person sees it now."""
    count = unread_count(person, most=MOST + 1)
    return NavItem(
        label(count),
        url_for("notifications.index"),
        icon="bell",
        template="notifications/bell.html",
        context={"count": count, "badge": badge(count), "at": now().isoformat()},
    )


def badge(count: int) -> str:
    """The number at the bell; none when all is read."""
    return f"{MOST}+" if count > MOST else str(count or "")


def label(count: int) -> str:
    """What a screen reader says of the bell."""
    if not count:
        return _("Notifications")
    if count > MOST:
        return _("Notifications, more than %(n)s unread", n=MOST)
    return _("Notifications, %(n)s unread", n=count)
