"""What an instance's answers mean. Nothing in them is trusted to be there."""

from datetime import datetime
from http import HTTPStatus

import httpx

from host import _
from plugins.publishing.networks.moments import iso, retry_after
from plugins.publishing.networks.reading import json_object, words
from plugins.publishing.outcomes import Held, Hindrance, Later, Refused

LONGEST = 200  # of what is repeated of its words
PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY)


def hindrance(answer: httpx.Response) -> Hindrance:
    """Why it did not do it. For answers below 500 that are no success: none of them did anything."""
    status = answer.status_code
    if status == HTTPStatus.UNAUTHORIZED:
        return Held(_("Mastodon does not know us any more%(why)s. Connect it again.", why=_said(answer)))
    if status == HTTPStatus.FORBIDDEN:
        return Held(_("Mastodon does not let this account do that%(why)s.", why=_said(answer)))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Later(_("Mastodon wants to be asked less often."), at=_reset(answer), everyone=True)
    if answer.is_redirect:
        return Held(_("The Mastodon server has moved. Connect it again at its new address."))
    if status in PASSING or not is_its_own(answer):
        return Later(
            _("The Mastodon server is not itself just now (%(status)s).", status=status), at=retry_after(answer)
        )
    return Refused(_("Mastodon did not take it%(why)s.", why=_said(answer)))


def is_its_own(answer: httpx.Response) -> bool:
    """Not what stands before it, such as a proxy whose server is being mended."""
    return bool(json_object(answer))


def _said(answer: httpx.Response) -> str:
    said = json_object(answer)
    why = (words(said, "error_description") or words(said, "error"))[:LONGEST].rstrip(".")
    return f": {why}" if why else ""


def _reset(answer: httpx.Response) -> datetime | None:
    """ISO 8601, where others write seconds."""
    return iso(answer.headers.get("x-ratelimit-reset", "")) or retry_after(answer)
