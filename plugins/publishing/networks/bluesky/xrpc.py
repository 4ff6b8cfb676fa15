"""Asking a PDS, the server that keeps an account's repository, and what its answers mean."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

import httpx

from host import _
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.moments import epoch, retry_after
from plugins.publishing.networks.reading import json_object, words
from plugins.publishing.outcomes import Held, Hindered, Hindrance, Later, Refused, Renew

TITLE = "Bluesky"
COLLECTION = "app.bsky.feed.post"
LONGEST = 200  # of what is repeated of its words
EXPIRED = "ExpiredToken"  # with 400, where others say 401
INVALID = "InvalidToken"
SHUT = (INVALID, "AuthMissing", "AccountTakedown", "AccountDeactivated", "AccountSuspended")


def url(addresses: Mapping[str, str], method: str) -> str:
    return f"{addresses['api']}/xrpc/{method}"


def bearer(token: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {token}"}


def asked(client: httpx.Client, verb: str, addresses: Mapping[str, str], method: str, **more: Any) -> Mapping[str, Any]:
    """What publishes nothing. Raises Hindered."""
    answer = ask(client, verb, url(addresses, method), title=TITLE, **more)
    if not answer.is_success:
        raise Hindered(hindrance(answer))
    return json_object(answer)


def error(answer: httpx.Response) -> str:
    """Its name."""
    return words(json_object(answer), "error")


def hindrance(answer: httpx.Response) -> Hindrance:
    """Why it did not do it. For answers below 500 that are no success: none of them did anything."""
    status, name = answer.status_code, error(answer)
    if name == EXPIRED:
        return Renew(_("Bluesky wants a new token."))
    if name in SHUT or status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Held(_("Bluesky does not let us in any more%(why)s. Connect it again.", why=said(answer)))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Later(_("Bluesky wants to be asked less often."), at=_reset(answer), everyone=True)
    if not name:  # not its own words: what stands before it, or something else that has its address now
        return Later(_("The server is not itself just now (%(status)s).", status=status), at=retry_after(answer))
    return Refused(_("Bluesky did not take it%(why)s.", why=said(answer)))


def said(answer: httpx.Response) -> str:
    why = (words(json_object(answer), "message") or error(answer))[:LONGEST].rstrip(".")
    return f": {why}" if why else ""


def _reset(answer: httpx.Response) -> datetime | None:
    return epoch(answer.headers.get("ratelimit-reset", "")) or retry_after(answer)
