"""Events to durable jobs: one job for each subscription and at most 500 events, written with the events."""

from collections.abc import Sequence

from host.eventlog import Recorded, listeners
from host.events import RecordedBatch
from host.jobs.queue import schedule
from host.plugging import plugins
from host.plugging.gather import attempt
from host.plugging.tasks import Subscription

MOST_EVENTS = 500


def schedule_subscribers(events: Sequence[Recorded]) -> None:
    """Called just before the commit with everything that was recorded."""
    for each in plugins().on:
        for declared in each.declared.tasks:
            if isinstance(declared, Subscription):
                ids = _heard(declared, events)
                if ids and _is_wanted(each.name, declared):
                    _schedule(declared, ids)


def _heard(subscription: Subscription, events: Sequence[Recorded]) -> Sequence[int]:
    kinds = None if subscription.kinds is None else {kind.name for kind in subscription.kinds}
    return [id for event in events if kinds is None or event.kind in kinds for id in _ids(event)]  # noqa: A001


def _is_wanted(plugin: str, subscription: Subscription) -> bool:
    """One that cannot say hears of it: an event that is missed never comes again."""
    return subscription.wanted is None or attempt(plugin, "subscription", subscription.wanted, otherwise=lambda: True)


def _schedule(subscription: Subscription, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), MOST_EVENTS):
        schedule(subscription.task, event_ids=ids[start : start + MOST_EVENTS])


def _ids(event: Recorded) -> Sequence[int]:
    return event.ids if isinstance(event, RecordedBatch) else [event.id]


listeners.append(schedule_subscribers)
