"""From events to deliveries: who hears of what, written down before anything is sent."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from host import User, checkpoint, db, ngettext, now, schedule, task
from plugins.webhooks import chat
from plugins.webhooks.delivery import Delivery
from plugins.webhooks.news import News, news_of, of_test
from plugins.webhooks.payload import payload
from plugins.webhooks.sending import ask, send
from plugins.webhooks.webhook import Format, Webhook

BATCH = 25  # events whose bodies are made in one transaction: about 30 ms, in which others wait

BODIES: Mapping[Format, Callable[[News], str]] = {
    Format.JSON: payload,
    Format.SLACK: chat.slack,
    Format.DISCORD: chat.discord,
    Format.TEXT: chat.text,
}


@task("webhooks.dispatch")
def dispatch(event_ids: list[int]) -> str:
    """Write a delivery for each webhook that wants to hear of an event. Run again, it adds none twice."""
    count = 0
    for start in range(0, len(event_ids), BATCH):
        if start:
            checkpoint(soon_again=True)
        count += _dispatch(event_ids[start : start + BATCH])
    return ngettext("%(n)s delivery", "%(n)s deliveries", count)


def test(webhook: Webhook, by: User) -> Delivery:
    """Send something that nobody needs, also where the webhook is off."""
    news = of_test(webhook.board, by)
    delivery = Delivery(webhook=webhook, kind=news.kind, body=_body(webhook, news), happened_at=news.at)
    db.session.add(delivery)
    db.session.flush()
    resend(delivery)
    return delivery


def resend(delivery: Delivery) -> None:
    """Send it now, by its own name, so that who has it already knows it again."""
    schedule(send, key=str(delivery.id), delivery_id=delivery.id)


def _dispatch(event_ids: Sequence[int]) -> int:
    told = news_of(event_ids)
    listening = _listening({news.board.id for news in told})
    pairs = [(webhook, news) for news in told for webhook in listening[news.board.id] if webhook.wants(news)]
    Delivery.add([_row(webhook, news) for webhook, news in pairs])
    for webhook_id in sorted({webhook.id for webhook, _news in pairs}):
        ask(webhook_id)
    return len(pairs)


def _listening(board_ids: Iterable[int]) -> Mapping[int, list[Webhook]]:
    """Those that are on, by board. Index: ix_webhooks_webhook_board_id."""
    found: defaultdict[int, list[Webhook]] = defaultdict(list)
    for webhook in db.session.scalars(select(Webhook).where(Webhook.active, Webhook.board_id.in_(board_ids))):
        found[webhook.board_id].append(webhook)
    return found


def _row(webhook: Webhook, news: News) -> dict[str, Any]:
    return {
        "webhook_id": webhook.id,
        "event_id": news.event_id,
        "kind": news.kind,
        "lane": news.lane,
        "body": _body(webhook, news),
        "happened_at": news.at,
        "next_try_at": now(),
    }


def _body(webhook: Webhook, news: News) -> str:
    return BODIES[webhook.format](news)
