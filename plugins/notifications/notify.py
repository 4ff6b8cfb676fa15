"""The job that tells people what happened, for up to a few hundred events at a time.

Its rows and its end are one transaction, so a job that is tried again counts nothing twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func, select

from host import Event, User, db, ngettext, now, publish_live, task, upsert
from plugins.notifications import sweeps
from plugins.notifications.models import HAS_CARD, TOPIC, Notification
from plugins.notifications.recipients import Told, recipients

SHOWN = ("kind", "key", "creator_id", "event_id", "data", "updated_at")


@task("notifications.notify")
def run(event_ids: list[int]) -> str:
    """Tell everyone concerned. An event that is gone by now, with its card, is told to nobody."""
    events = db.session.scalars(select(Event).where(Event.id.in_(event_ids)).order_by(Event.id)).all()
    told = recipients(events)
    people = sorted({each.user_id for each in told})
    _one_at_a_time(people)
    _stack(sweeps.tell(told))
    _ring(told)
    return ngettext("told %(n)s person", "told %(n)s people", len(people))


def _one_at_a_time(people: Sequence[int]) -> None:
    """Other workers that tell the same people wait here, all in the same order: no deadlock, and no two rows for one
    sweep. The lock is the weak one, so that whoever only refers to these people goes on (SQLite has one writer)."""
    db.session.execute(select(User.id).where(User.id.in_(people)).order_by(User.id).with_for_update(key_share=True))


def _stack(told: Sequence[Told]) -> None:
    """One row for each person and card: a new cause replaces the shown one, unless that is newer, makes the row
    unread and raises its count. Index: ix_notifications_notification_user_id_card_id."""
    rows: dict[tuple[int, int | None], dict[str, Any]] = {}
    for person, event in told:
        stacked = rows.get((person, event.card_id), {"unread_count": 0})["unread_count"]
        rows[person, event.card_id] = {**_row(person, event), "unread_count": stacked + 1}
    if rows:
        db.session.execute(_stacking(), list(rows.values()))


def _row(person: int, event: Event) -> dict[str, Any]:
    return {
        "user_id": person,
        "card_id": event.card_id,
        "key": sweeps.sweep_of(event),
        "kind": event.kind,
        "creator_id": None if event.automatic else event.creator_id,
        "event_id": event.id,
        "data": event.particulars,
        "updated_at": event.at,
        "created_at": now(),
    }


def _stacking() -> Any:
    insert = upsert(Notification)
    old, new = Notification, insert.excluded
    is_newer = new.event_id > func.coalesce(old.event_id, 0)
    shown = {name: case((is_newer, new[name]), else_=getattr(old, name)) for name in SHOWN}
    raised = {"unread_count": old.unread_count + new.unread_count, "read_at": None}
    return insert.on_conflict_do_update(
        index_elements=["user_id", "card_id"], index_where=HAS_CARD, set_={**shown, **raised}
    )


def _ring(told: Sequence[Told]) -> None:
    """Every open page of these people looks at its bell again."""
    people = defaultdict(set)
    for person, event in told:
        people[event.account_id].add(person)
    for account_id, theirs in people.items():
        publish_live(TOPIC, account_id=account_id, to=theirs)
