"""Publishing on LinkedIn, once, and finding out whether an earlier request was done. LinkedIn knows a post again by its
content, and names the one that it has."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import httpx

from host import _, now
from plugins.publishing.networks.asking import publish
from plugins.publishing.networks.linkedin.answers import TITLE, duplicate_of, hindrance
from plugins.publishing.networks.linkedin.asking import by_version
from plugins.publishing.networks.linkedin.urn import is_post, made_at, page
from plugins.publishing.outcomes import Ask, Finding, Later, LookAgain, Outcome, Published, Refused, Unknown
from plugins.publishing.platform import Login, Sent

FIRST_LOOK = timedelta(seconds=120)  # a minute for the first request to end, and one for LinkedIn to know
NEXT_LOOK = timedelta(seconds=120)
LAST_LOOK = timedelta(hours=6)  # later it may have forgotten, and nobody expects the post any more
LEEWAY = timedelta(seconds=60)  # between LinkedIn's clock and ours
MOST_LOOKS = 3
NAME = "x-restli-id"


def send(body: bytes, login: Login, client: httpx.Client) -> Outcome:
    answer, version = _asked(body, login, client)
    return _learned(_outcome(answer, login), login, version)


def settle(sent: Sent, login: Login, client: httpx.Client) -> Finding:
    """By the very same request: it publishes, or it is refused as a duplicate of a post whose name tells its time."""
    if now() < sent.at + FIRST_LOOK:
        return LookAgain(sent.at + FIRST_LOOK - now(), looked=False)
    if sent.looks >= MOST_LOOKS or now() > sent.at + LAST_LOOK or not sent.may_repeat:
        return Ask(_("LinkedIn shows nobody's own posts to an app, so only you can look."))
    answer, version = _asked(sent.body, login, client)
    there = duplicate_of(answer) if isinstance(answer, httpx.Response) and not answer.is_success else None
    if there is not None:
        return _there(there, sent, login)
    came = _learned(_outcome(answer, login), login, version)
    return LookAgain(NEXT_LOOK) if isinstance(came, Unknown) else came


def _there(urn: str, sent: Sent, login: Login) -> Finding:
    if not is_post(urn):
        return Ask(_("LinkedIn has a post that says the same, but does not name it."))
    if made_at(urn) < sent.at - LEEWAY:
        return Refused(
            _(
                "LinkedIn has this very post from you already, since %(day)s. Change it a little.",
                day=f"{made_at(urn):%Y-%m-%d}",
            ),
            duplicate=True,
        )
    # For a day or two LinkedIn also remembers what was deleted.
    note = _("LinkedIn says that it has this post. Look once whether it is there.")
    return Published(urn, page(login.addresses["site"], urn), note)


def _asked(body: bytes, login: Login, client: httpx.Client) -> tuple[httpx.Response | Unknown | Later, str]:
    url = f"{login.addresses['api']}/rest/posts"

    def once(headers: Mapping[str, str]) -> httpx.Response | Unknown | Later:
        named = {**headers, "Content-Type": "application/json"}
        return publish(client, "POST", url, title=TITLE, told=_is_told, headers=named, content=body)

    return by_version(login, once)


def _outcome(answer: httpx.Response | Unknown | Later, login: Login) -> Outcome:
    if not isinstance(answer, httpx.Response):
        return answer
    if answer.is_success:
        urn = answer.headers.get(NAME, "")
        if not is_post(urn):
            return Unknown(_("LinkedIn took it, but did not say what it is called."))
        return Published(urn, page(login.addresses["site"], urn))
    return hindrance(answer, login)


def _is_told(answer: httpx.Response) -> bool:
    """That it is done stands in the answer's head; its body is empty."""
    return answer.status_code == HTTPStatus.CREATED and is_post(answer.headers.get(NAME, ""))


def _learned(came: Outcome, login: Login, version: str) -> Outcome:
    """The version that was taken is where the next request begins; its owner is told once."""
    before = login.profile.get("version")
    if not isinstance(came, Published | Later) or before == version:
        return came
    if isinstance(came, Published) and before:
        came = replace(came, note=_("LinkedIn has retired the version of its interface that Fallow used; all is well."))
    return replace(came, learned={**came.learned, "version": version})
