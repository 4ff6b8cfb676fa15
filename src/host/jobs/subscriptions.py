"""Events to durable jobs: one job for each subscription and at most 500 events, written with the events."""

from collections.abc import Sequence

from host.eventlog import Recorded, listeners
from host.events import RecordedBatch
from host.jobs.queue import schedule
from host.plugging import plugins
from host.plugging.tasks import Subscription

MOST_EVENTS = 500


def schedule_subscribers(events: Sequence[Recorded]) -> None:
    """Called just before the commit with everything that was recorded."""
    for each in plugins().on:
        for declared in each.declared.tasks:
            if isinstance(declared, Subscription):
                _schedule(declared, events)


def _schedule(subscription: Subscription, events: Sequence[Recorded]) -> None:
    kinds = {kind.name for kind in subscription.kinds}
    ids = [id for event in events if event.kind in kinds for id in _ids(event)]  # noqa: A001
    for start in range(0, len(ids), MOST_EVENTS):
        schedule(subscription.task, event_ids=ids[start : start + MOST_EVENTS])


def _ids(event: Recorded) -> Sequence[int]:
    return event.ids if isinstance(event, RecordedBatch) else [event.id]


listeners.append(schedule_subscribers)
