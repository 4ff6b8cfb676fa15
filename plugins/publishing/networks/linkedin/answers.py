"""What LinkedIn's answers mean. Nothing in them is trusted to be there."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import httpx

from host import _, now
from plugins.publishing.networks.linkedin.urn import POST
from plugins.publishing.networks.moments import retry_after
from plugins.publishing.networks.reading import json_object, listed, words
from plugins.publishing.outcomes import Held, Hindrance, Later, Refused, Remedy, Renew
from plugins.publishing.platform import Login

TITLE = "LinkedIn"
LONGEST = 200  # of what is repeated of its words
PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY)
RETIRED = HTTPStatus.UPGRADE_REQUIRED  # the version of the API
IN_WORK = re.compile(r"processing|not (?:yet )?(?:available|ready)|WAITING_UPLOAD", re.IGNORECASE)
WORK_TAKES = timedelta(seconds=20)
FIRST_PAUSE = 15  # minutes, doubled each time within a day
ONCE_MORE = timedelta(seconds=60)  # LinkedIn forbids now and then what it allows a minute later
FORGOTTEN = timedelta(hours=1)


def hindrance(answer: httpx.Response, login: Login) -> Hindrance:
    """Why it did not do it. For answers below 500 that are no success: none of them did anything."""
    status = answer.status_code
    if status == HTTPStatus.UNAUTHORIZED:
        why = _("LinkedIn does not take its key any more. Connect the account again.")
        return Renew(why) if login.tokens.refresh else Held(why)
    if status == HTTPStatus.FORBIDDEN:
        return _forbidden(login.profile)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _paused(answer, login.profile)
    if status == RETIRED:
        return Later(_("LinkedIn takes none of the versions of its interface that Fallow knows."))
    if status in PASSING or not json_object(answer):  # something that stands before it, being mended
        return Later(_("LinkedIn is not itself just now (%(status)s).", status=status), at=retry_after(answer))
    return _refused(answer)


def duplicate_of(answer: httpx.Response) -> str | None:
    """The URN of the post that says the same, as far as LinkedIn names it; None where that is not its reason."""
    said = json_object(answer)
    codes = [words(each, "code") for each in listed(said, "errorDetails", "inputErrors")]
    message = words(said, "message")
    if "DUPLICATE_POST" not in codes and "Content is a duplicate" not in message:
        return None
    found = POST.search(message)
    return found[0] if found else ""


def _refused(answer: httpx.Response) -> Hindrance:
    if duplicate_of(answer) is not None:
        return Refused(_("LinkedIn has this very post from you already. Change it a little."), duplicate=True)
    message = words(json_object(answer), "message")
    if answer.status_code == HTTPStatus.BAD_REQUEST and IN_WORK.search(message):
        return Later(_("LinkedIn still works on the picture."), at=now() + WORK_TAKES, counts=False)
    why = message[:LONGEST].strip().rstrip(".")
    return Refused(_("LinkedIn did not take it%(why)s.", why=f": {why}" if why else ""))


def _forbidden(profile: Mapping[str, Any]) -> Hindrance:
    before = _moment(profile.get("forbidden_at"))
    why = _("LinkedIn does not let your app publish. Look whether it has the product Share on LinkedIn.")
    if before is not None and now() - before < FORGOTTEN:
        return Held(why, Remedy.SETUP)
    return Later(why, at=now() + ONCE_MORE, learned={"forbidden_at": now().isoformat()})


def _paused(answer: httpx.Response, profile: Mapping[str, Any]) -> Later:
    """Its quota is for a day of UTC, but it has others that end sooner, and says of none when."""
    today = f"{now():%Y-%m-%d}"
    day, _blank, before = str(profile.get("paused", "")).partition(" ")
    minutes = int(before) * 2 if day == today and before.isdecimal() else FIRST_PAUSE
    midnight = datetime.combine(now().date() + timedelta(days=1), datetime.min.time(), UTC)
    at = retry_after(answer) or min(now() + timedelta(minutes=minutes), midnight)
    why = _("LinkedIn takes no more for now; its day ends at 00:00 UTC.")
    return Later(why, at=at, everyone=True, learned={"paused": f"{today} {minutes}"})


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None
