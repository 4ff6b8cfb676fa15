"""One request to a push service, and what its answer means (RFC 8030)."""

import re
from datetime import timedelta
from http import HTTPStatus

import httpx

from host import Fault, OutgoingFault, _, http_client
from plugins.notifications.push_address import PushAddress
from plugins.notifications.push_cipher import authorization, encrypted

KEPT = timedelta(days=1)  # how long a service keeps a note for a browser that is not running
MOST_BYTES = 100_000
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
NOT_NOW = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)
SECONDS = re.compile(r"[0-9]{1,8}")
LONGEST_WAIT = timedelta(hours=1)


class PushFault(Fault):
    """Not sent. `lasting`: the same request would end in the same way; else `wait` is how long the service asks for."""

    def __init__(self, message: str, *, lasting: bool, wait: timedelta = timedelta()) -> None:
        super().__init__(message)
        self.lasting, self.wait = lasting, wait


class PushGone(PushFault):
    """The browser wants to be told no more, or is no more."""


def send(address: PushAddress, private: str, data: bytes, topic: str) -> None:
    """Of what the service still keeps, a newer note of a topic takes the older one's place. Raises PushFault unless
    the service says that it took it, PushGone when the address is good no more."""
    headers = {
        "Authorization": authorization(address.endpoint, private),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(KEPT.total_seconds())),
        "Topic": topic,
        "Urgency": "normal",  # what the standard names for a chat: also on battery, not in deep sleep
    }
    body = encrypted(data, address.endpoint, address.p256dh, address.auth)
    try:
        with http_client(most_bytes=MOST_BYTES) as client:
            answer = client.post(address.endpoint, content=body, headers=headers)
    except OutgoingFault as fault:
        raise PushFault(fault.message, lasting=fault.lasting) from fault
    if not answer.is_success:
        raise _refused(answer)


def _refused(answer: httpx.Response) -> PushFault:
    status = answer.status_code
    if status in GONE:
        return PushGone(_("The browser does not want it any more (%(n)s).", n=status), lasting=True)
    lasting = status < 500 and status not in NOT_NOW
    return PushFault(_("Its push service did not take it (%(n)s).", n=status), lasting=lasting, wait=_wait(answer))


def _wait(answer: httpx.Response) -> timedelta:
    """Services say it in seconds; a date is let be."""
    said = answer.headers.get("Retry-After", "")
    return min(timedelta(seconds=int(said)), LONGEST_WAIT) if SECONDS.fullmatch(said) else timedelta()
