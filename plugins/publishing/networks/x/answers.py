"""What X's answers mean. Nothing in them is trusted to be there."""

from datetime import datetime
from http import HTTPStatus

import httpx

from host import _
from plugins.publishing.networks.moments import epoch, retry_after
from plugins.publishing.networks.reading import json_object, words
from plugins.publishing.outcomes import Held, Hindrance, Later, Refused, Remedy, Renew

TITLE = "X"
LONGEST = 200  # of what is repeated of its words
WINDOWS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY)


def hindrance(answer: httpx.Response) -> Hindrance:
    """Why it did not do it. For answers below 500 that are no success: none of them did anything."""
    status = answer.status_code
    if status == HTTPStatus.UNAUTHORIZED:
        return Renew(_("X does not take its key any more. Connect the account again."))
    if status == HTTPStatus.PAYMENT_REQUIRED:
        return Held(_("The credits of your app at X are used up. Buy more, then go on."), Remedy.CREDITS)
    if status == HTTPStatus.FORBIDDEN:
        return _forbidden(answer)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Later(_("X takes no more for now."), at=_reset(answer), everyone=True)
    if status in PASSING or not json_object(answer):  # something that stands before it, being mended
        return Later(_("X is not itself just now (%(status)s).", status=status), at=retry_after(answer))
    return Refused(_("X did not take it%(why)s.", why=_said(answer)))


def _forbidden(answer: httpx.Response) -> Hindrance:
    said = json_object(answer)
    kind, title, detail = words(said, "type"), words(said, "title"), words(said, "detail")
    if "duplicate content" in detail:
        return Refused(_("X has this very text from you already. Change it a little."), duplicate=True)
    if kind.endswith(("/client-forbidden", "/oauth1-permissions")):
        return Held(_("Your app at X may not do this. Look at its plan and its permissions there."), Remedy.SETUP)
    if "Unsupported Authentication" in (title, detail):
        return Held(_("X does not take this kind of key. Connect the account again."))
    return Refused(_("X does not permit it%(why)s.", why=_said(answer)))


def _said(answer: httpx.Response) -> str:
    said = json_object(answer)
    why = (words(said, "detail") or words(said, "error_description") or words(said, "title"))[:LONGEST].rstrip(".")
    return f": {why}" if why else ""


def _reset(answer: httpx.Response) -> datetime | None:
    """The latest end of the windows that are used up; when none says so, of the one that is always there."""
    used_up = [window for window in WINDOWS if answer.headers.get(f"{window}-remaining", "") == "0"]
    ends = (epoch(answer.headers.get(f"{window}-reset", "")) for window in used_up or WINDOWS[:1])
    return max((end for end in ends if end is not None), default=retry_after(answer))
