"""What the owner of a queue should know before it runs."""

from collections.abc import Sequence

from host import now
from plugins.recurring.kinds import kind_of
from plugins.recurring.queue import Queue
from plugins.recurring.recurrence import NotNow
from plugins.recurring.rhythm import Unit
from plugins.recurring.serving import order_of

MONTH = 365.25 / 12  # days


def advice(queue: Queue) -> Sequence[str]:
    """A sentence each; none where nothing of it is to come."""
    kind, first = kind_of(queue.kind), queue.next_time
    if kind is None or first is None:
        return ()
    days = queue.every * (MONTH if queue.unit is Unit.MONTHS else 1)
    try:
        return kind.warnings(order_of(queue, first, now()), days)
    except NotNow as reason:
        return [reason.why]
