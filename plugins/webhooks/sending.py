"""The jobs that send: what is due of a webhook, one delivery a run, and what somebody asks for by hand.

The plugin has one job at a time (`PLUGIN`), so a webhook's deliveries go out one after another, those of all webhooks
in turn, and a receiver that is slow holds one thread at most. When a worker dies between the receiver's answer and our
commit it is sent once more, with the same `webhook-id`, by which the receiver knows it again.
"""

from collections.abc import Callable

from host import _, db, schedule, task
from plugins.webhooks.attempt import Attempt
from plugins.webhooks.delivery import Delivery
from plugins.webhooks.request import attempt
from plugins.webhooks.webhook import Webhook


@task("webhooks.deliver")
def deliver(webhook_id: int) -> str:
    """Send the next that is due, and ask for the one after."""
    webhook = db.session.get(Webhook, webhook_id)
    delivery = Delivery.due(webhook) if webhook and webhook.may_send else None
    said = _("nothing to send")
    if delivery is not None:
        said = _sent(delivery, Delivery.came_of)
    ask(webhook_id)
    return said


@task("webhooks.send", attempts=1)
def send(delivery_id: int) -> str:
    """Send this one now, whatever waits before it, also where the webhook is off."""
    delivery = db.session.get(Delivery, delivery_id)
    if delivery is None:
        return _("nothing to send")
    webhook_id = delivery.webhook_id
    said = _sent(delivery, Delivery.came_of_hand)
    ask(webhook_id)
    return said


def ask(webhook_id: int) -> None:
    """Have the webhook's next delivery sent when it is due; the job that waits already is moved."""
    webhook = db.session.get(Webhook, webhook_id)
    at = Delivery.next_due(webhook) if webhook and webhook.active else None
    if webhook and at:
        schedule(deliver, key=str(webhook_id), at=max(at, webhook.rests_until or at), webhook_id=webhook_id)


def _sent(delivery: Delivery, write_down: Callable[[Delivery, Attempt], None]) -> str:
    """Meanwhile somebody may have removed the webhook."""
    delivery_id, tried = delivery.id, attempt(delivery)
    still_there = db.session.get(Delivery, delivery_id, populate_existing=True)
    if still_there is not None:
        write_down(still_there, tried)
    return tried.reason
