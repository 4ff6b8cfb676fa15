"""What a sweep did, told in one word to each person: "12 cards rested". One card alone is told of by its name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from host import CARD_AUTO_POSTPONED, Event, db
from plugins.notifications.models import Notification
from plugins.notifications.routing import News

Part = tuple[int, str]  # a person, and the sweep that concerns them


def sweep_of(event: Event) -> str | None:
    """The key that all events of one sweep share."""
    sweep = event.particulars.get("sweep") if event.kind == CARD_AUTO_POSTPONED.name else None
    return f"sweep:{event.account_id}:{sweep}" if sweep else None


def tell(news: Sequence[News]) -> list[News]:
    """Write what concerns several cards of one sweep; returns the rest, each of which concerns one card.

    A large sweep is told of by many jobs, so each goes on from what the ones before it wrote.
    """
    rested = _by_person(news)
    earlier = _earlier(rested)
    several = {part for part, events in rested.items() if part in earlier or len(events) > 1}
    for part in sorted(several):
        _count(_row_of_several(part, earlier.get(part)), rested[part])
    return [each for each in news if (each.user_id, sweep_of(each.event)) not in several]


def _by_person(news: Sequence[News]) -> Mapping[Part, list[News]]:
    rested: dict[Part, list[News]] = defaultdict(list)
    for each in news:
        if key := sweep_of(each.event):
            rested[each.user_id, key].append(each)
    return rested


def _earlier(rested: Mapping[Part, object]) -> dict[Part, Notification]:
    """Index: ix_notifications_notification_user_id_key."""
    people, keys = {person for person, _key in rested}, {key for _person, key in rested}
    theirs = select(Notification).where(Notification.user_id.in_(people), Notification.key.in_(keys))
    found = db.session.scalars(theirs.options(joinedload(Notification.card))) if rested else ()
    return {(row.user_id, str(row.key)): row for row in found}


def _row_of_several(part: Part, row: Notification | None) -> Notification:
    """The row to count in. One that so far told of a single card stops doing so; where it has more to tell of that
    card it stays with it, and a new row counts."""
    if row is not None and row.card is None:
        return row
    counted = [row.card.board_id] if row is not None and row.card is not None else []
    if row is not None and row.unread_count > 1:
        row.key, row = None, None
        db.session.flush()  # a key is unique
    if row is None:
        person, key = part
        row = Notification(user_id=person, key=key, kind=CARD_AUTO_POSTPONED.name)
        db.session.add(row)
    row.card, row.data = None, {"cards": len(counted), "boards": counted}
    return row


def _count(row: Notification, news: Sequence[News]) -> None:
    boards = {*row.data["boards"], *(each.event.board_id for each in news)}
    row.data = {"cards": row.data["cards"] + len(news), "boards": sorted(boards)}
    last = news[-1]
    row.event_id, row.updated_at, row.reason = last.event.id, last.event.at, last.reason
    row.in_bell, row.on_desktop = last.in_bell, last.on_desktop
    row.bundle_id = last.bundle_id or (row.bundle_id if row.unread else None)
    row.read_at, row.unread_count = None, 1
