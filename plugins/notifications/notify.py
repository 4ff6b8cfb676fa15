"""The job that tells people what happened, for up to a few hundred events at a time.

Its rows and its end are one transaction, so a job that is tried again counts nothing twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from host import NOTICE, Event, User, db, ngettext, now, publish_live, task, upsert
from plugins.notifications import mentioned, muting, push_jobs, sweeps
from plugins.notifications.models import HAS_CARD, HAS_KEY, TOPIC, Notification
from plugins.notifications.recipients import recipients
from plugins.notifications.routing import News, routed

SHOWN = ("kind", "key", "creator_id", "event_id", "data", "reason", "updated_at")


@task("notifications.notify")
def run(event_ids: list[int]) -> str:
    """Tell everyone concerned. An event that is gone by now, with its card, is told to nobody."""
    events = db.session.scalars(select(Event).where(Event.id.in_(event_ids)).order_by(Event.id)).all()
    newly_mentioned = mentioned.remember(events, mentioned.mentioned_in(events))
    told = muting.heard(recipients(events, newly_mentioned))
    people = sorted({each.user_id for each in told})
    _one_at_a_time(people)
    news = routed(told)
    _stack(sweeps.tell(news))
    push_jobs.announce(news)
    _ring(news)
    return ngettext("told %(n)s person", "told %(n)s people", len(people))


def _one_at_a_time(people: Sequence[int]) -> None:
    """Other workers that tell the same people wait here, all in the same order: no deadlock, no two rows for one
    sweep, and no bundle that closes meanwhile. The lock is the weak one, so that whoever only refers to these people
    goes on (SQLite has one writer)."""
    db.session.execute(select(User.id).where(User.id.in_(people)).order_by(User.id).with_for_update(key_share=True))


def _stack(news: Sequence[News]) -> None:
    """One row for each person and card: a new cause replaces the shown one, unless that is newer, makes the row
    unread and raises its count; and one for each notice that is about no card.
    Index: ix_notifications_notification_user_id_card_id, ix_notifications_notification_user_id_key."""
    rows: dict[tuple[int, int | str], dict[str, Any]] = {}
    for each in news:
        row = _row(each)
        at = each.user_id, row["card_id"] or row["key"]
        rows[at] = {**row, "unread_count": rows.get(at, {"unread_count": 0})["unread_count"] + 1}
    for has_card, statement in ((True, _stacking()), (False, _keeping())):
        if some := [row for row in rows.values() if (row["card_id"] is not None) == has_card]:
            db.session.execute(statement, some)


def _row(news: News) -> dict[str, Any]:
    event = news.event
    alone = f"event:{event.id}" if event.card_id is None else None
    return {
        "user_id": news.user_id,
        "card_id": event.card_id,
        "key": sweeps.sweep_of(event) or alone,
        "kind": event.kind,
        "creator_id": None if event.automatic else event.creator_id,
        "event_id": event.id,
        "data": _particulars(event),
        "reason": news.reason,
        "updated_at": event.at,
        "created_at": now(),
        "in_bell": news.in_bell,
        "on_desktop": news.on_desktop,
        "bundle_id": news.bundle_id,
    }


def _particulars(event: Event) -> dict[str, Any]:
    """Whom else a notice went to is nobody's business."""
    said = dict(event.particulars)
    if event.kind == NOTICE.name:
        said.pop("people", None)
    return said


def _stacking() -> Any:
    insert = upsert(Notification)
    old, new = Notification, insert.excluded
    is_newer = new.event_id > func.coalesce(old.event_id, 0)
    shown = {name: case((is_newer, new[name]), else_=getattr(old, name)) for name in SHOWN}
    raised = {
        "unread_count": old.unread_count + new.unread_count,
        "read_at": None,
        "in_bell": or_(new.in_bell, and_(old.in_bell, old.read_at.is_(None))),
        "on_desktop": new.on_desktop,
        "bundle_id": case(  # what was read is out of its bundle; only what is to be sent brings it back
            (old.read_at.is_(None), func.coalesce(new.bundle_id, old.bundle_id)), else_=new.bundle_id
        ),
    }
    return insert.on_conflict_do_update(
        index_elements=["user_id", "card_id"], index_where=HAS_CARD, set_={**shown, **raised}
    )


def _keeping() -> Any:
    return upsert(Notification).on_conflict_do_nothing(index_elements=["user_id", "key"], index_where=HAS_KEY)


def _ring(news: Sequence[News]) -> None:
    """Every open page of these people looks at its bell again."""
    people = defaultdict(set)
    for each in news:
        people[each.event.account_id].add(each.user_id)
    for account_id, theirs in people.items():
        publish_live(TOPIC, account_id=account_id, to=theirs)
