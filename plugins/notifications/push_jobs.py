"""Telling browsers that have no page open: a job for each browser and note, so that one keeps no other waiting.

When a worker dies between a service's yes and our commit it is sent again, and takes the place of the first in its
browser, by its tag.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import select

from host import User, _, db, now, schedule, task
from plugins.notifications import push_cipher
from plugins.notifications.desktop import MOST_AT_ONCE, shown
from plugins.notifications.models import Notification, for_desktop
from plugins.notifications.notes import notes
from plugins.notifications.patience import delay_after
from plugins.notifications.preferences import Preferences, preferences_of
from plugins.notifications.push import PushSubscription
from plugins.notifications.push_request import KEPT, PushFault, PushGone
from plugins.notifications.routing import News


def announce(news: Sequence[News]) -> None:
    """Have what was just told pushed to the browsers of whoever wants it on the desktop, now; in the running
    transaction, with the rows of these news written."""
    wanted = {each.user_id for each in news if each.on_desktop} if push_cipher.there() else set()
    browsers = _browsers(wanted)
    for person, told in _told(_awake(browsers.keys()), {each.event.id for each in news}).items():
        for notification_id in told[:MOST_AT_ONCE]:
            for subscription_id in browsers[person]:
                _ask(subscription_id, notification_id)


@task("notifications.push")
def push(subscription_id: int, notification_id: int, tries: int = 0) -> str:
    """Send a note to a browser, unless it has been read, is too old by now, or its person wants quiet."""
    subscription = db.session.get(PushSubscription, subscription_id)
    message = _message(subscription.user, notification_id) if subscription else None
    if subscription is None or message is None:
        return _("nothing to send")
    title = subscription.title
    try:
        subscription.send(message, topic=f"note-{notification_id}")
    except PushGone:
        return _("%(browser)s wants no more", browser=title)
    except PushFault as fault:
        if not fault.lasting:
            delay = delay_after(tries)
            _ask(subscription_id, notification_id, delay=max(delay, fault.wait), tries=tries + 1)
        return _("not sent: %(why)s", why=fault.message)
    return _("sent to %(browser)s", browser=title)


def _ask(subscription_id: int, notification_id: int, *, delay: timedelta = timedelta(), tries: int = 0) -> None:
    schedule(
        push,
        key=f"{subscription_id} {notification_id}",
        delay=delay,
        subscription_id=subscription_id,
        notification_id=notification_id,
        tries=tries,
    )


def _browsers(people: set[int]) -> dict[int, list[int]]:
    """By whose they are. Index: ix_notifications_push_user_id."""
    found: dict[int, list[int]] = defaultdict(list)
    if people:
        theirs = select(PushSubscription.user_id, PushSubscription.id).where(PushSubscription.user_id.in_(people))
        for person, subscription in db.session.execute(theirs.order_by(PushSubscription.id)):
            found[person].append(subscription)
    return found


def _awake(people: Collection[int]) -> set[int]:
    """Those of them who do not want quiet now."""
    return {person for person, theirs in preferences_of(people).items() if not theirs.is_quiet} if people else set()


def _told(people: set[int], events: set[int]) -> dict[int, list[int]]:
    """The rows that show one of these events, of each person, newest first.
    Index: ix_notifications_notification_event_id."""
    found: dict[int, list[int]] = defaultdict(list)
    if people:
        rows = select(Notification.user_id, Notification.id).where(
            Notification.event_id.in_(events),
            Notification.user_id.in_(people),
            Notification.on_desktop,
            Notification.read_at.is_(None),
        )
        for person, row in db.session.execute(rows.order_by(Notification.updated_at.desc(), Notification.id)):
            found[person].append(row)
    return found


def _message(person: User, notification_id: int) -> bytes | None:
    if not person.active or Preferences.of(person).is_quiet:
        return None
    told = db.session.scalars(for_desktop(person, now() - KEPT).where(Notification.id == notification_id)).all()
    written = notes(person, told)
    return json.dumps(shown(written[0]), ensure_ascii=False).encode() if written else None
