"""Publishing, and finding out whether it was done: by asking for the same again.

A record of this name that says just this is left as it is, and the answer is that of the first time; so nothing is ever
there twice.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx

from host import _
from plugins.publishing.networks.asking import publish
from plugins.publishing.networks.bluesky.facets import SITE
from plugins.publishing.networks.bluesky.record import thawed
from plugins.publishing.networks.bluesky.xrpc import TITLE, asked, bearer, error, hindrance, url
from plugins.publishing.networks.reading import json_object, part, words
from plugins.publishing.outcomes import Ask, Finding, Hindered, Later, LookAgain, Outcome, Published, Refused, Unknown
from plugins.publishing.platform import Login, Sent

TAKEN = "InvalidSwap"  # something else of this name is there
AGAIN = timedelta(minutes=1)


def send(body: bytes, login: Login, client: httpx.Client) -> Outcome:
    if _answers_nothing(thawed(body)["record"]):
        return Refused(_("What it answers is not known at Bluesky."))
    answer = _asked(body, login, client)
    if not isinstance(answer, httpx.Response):
        return answer
    if error(answer) == TAKEN:
        return Unknown(_("A post of this one's name is at Bluesky already."))
    return _outcome(answer, body, login)


def settle(sent: Sent, login: Login, client: httpx.Client) -> Finding:
    """Once more the same request."""
    answer = _asked(sent.body, login, client)
    if isinstance(answer, httpx.Response) and error(answer) == TAKEN:
        return _taken(sent.body, login, client)
    outcome = _outcome(answer, sent.body, login) if isinstance(answer, httpx.Response) else answer
    return LookAgain(AGAIN, looked=False) if isinstance(outcome, Unknown) else outcome


def _asked(body: bytes, login: Login, client: httpx.Client) -> httpx.Response | Unknown | Later:
    headers = {**bearer(login.tokens.access), "Content-Type": "application/json"}
    put = url(login.addresses, "com.atproto.repo.putRecord")
    return publish(client, "POST", put, title=TITLE, headers=headers, content=body)


def _answers_nothing(record: Mapping[str, Any]) -> bool:
    return "reply" in record and not all(words(record, "reply", of, "uri") for of in ("root", "parent"))


def _outcome(answer: httpx.Response, body: bytes, login: Login) -> Outcome:
    if answer.is_success:
        return _published(json_object(answer), thawed(body), login) or Unknown(_("Bluesky's answer could not be read."))
    return hindrance(answer)


def _published(said: Mapping[str, Any], request: Mapping[str, Any], login: Login) -> Published | None:
    uri, cid = words(said, "uri"), words(said, "cid")
    if not uri.startswith("at://") or not cid:
        return None
    site = login.addresses.get("site", SITE)
    page = f"{site}/profile/{quote(login.handle, safe='.:')}/post/{request['rkey']}"
    return Published(f"{uri} {cid}", url=page)


def _taken(body: bytes, login: Login, client: httpx.Client) -> Finding:
    """By what is there of this name: a server that does not know a record again refuses it as if it were another."""
    request = thawed(body)
    named = {name: request[name] for name in ("repo", "collection", "rkey")}
    headers = bearer(login.tokens.access)
    try:
        there = asked(client, "GET", login.addresses, "com.atproto.repo.getRecord", headers=headers, params=named)
    except Hindered as hindered:
        refused = hindered.hindrance  # the look was, not the post
        return LookAgain(AGAIN, looked=False) if isinstance(refused, Refused) else refused
    mine = _published(there, request, login) if part(there, "value") == request["record"] else None
    return mine or Ask(_("Something else has this post's name at Bluesky. Was it published?"))
