"""A try: the request of a delivery, and its answer."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from host import LostSecret, OutgoingFault, _, checkpoint, http_client, now
from plugins.webhooks.attempt import LONGEST_ERROR, Attempt
from plugins.webhooks.delivery import Delivery
from plugins.webhooks.signing import plainly_signed, signed

SECONDS, CONNECT_SECONDS = 10.0, 5.0
MOST_BYTES = 65_536  # of an answer
KEPT_CHARACTERS, KEPT_HEADERS, LONGEST_HEADER = 4_000, 30, 300


@dataclass(frozen=True)
class Sent:
    """What goes out, read before the transaction is closed."""

    url: str
    headers: Mapping[str, str]
    body: str


def attempt(delivery: Delivery) -> Attempt:
    """Send it once; blocks, so it is for jobs. Commits what was done so far, for nothing is sent inside a transaction;
    the attempt belongs to nothing yet."""
    webhook = delivery.webhook
    if isinstance(webhook.url, LostSecret) or not webhook.secrets:
        return Attempt(error=_("The address or the secret cannot be read any more. Enter it anew."))
    sent = _prepared(delivery)
    checkpoint()
    return _posted(sent)


def _prepared(delivery: Delivery) -> Sent:
    webhook = delivery.webhook
    headers = {"Content-Type": "application/json", "X-Fallow-Event": delivery.kind}
    headers |= signed(webhook.secrets, delivery.message_id, now(), delivery.body)
    if webhook.plain_signature:
        headers |= plainly_signed(webhook.secret, delivery.happened_at, delivery.body)
    return Sent(webhook.url, headers, delivery.body)


def _posted(sent: Sent) -> Attempt:
    tried = Attempt(at=now(), request_headers=dict(sent.headers))
    began = time.monotonic()
    try:
        with http_client(seconds=SECONDS, connect_seconds=CONNECT_SECONDS, most_bytes=MOST_BYTES) as client:
            _keep(tried, client.post(sent.url, content=sent.body.encode(), headers=dict(sent.headers)))
    except OutgoingFault as fault:
        tried.error = fault.message[:LONGEST_ERROR]
    tried.milliseconds = round((time.monotonic() - began) * 1000)
    return tried


def _keep(tried: Attempt, answer: httpx.Response) -> None:
    tried.status = answer.status_code
    headers = list(answer.headers.items())[:KEPT_HEADERS]
    tried.answer_headers = {_kept(name, LONGEST_HEADER): _kept(value, LONGEST_HEADER) for name, value in headers}
    tried.answer = _kept(answer.content.decode(errors="replace"), KEPT_CHARACTERS)


def _kept(text: str, most: int) -> str:
    """PostgreSQL takes no NUL."""
    return text[:most].replace("\0", "\ufffd")
