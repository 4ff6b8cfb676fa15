"""Publishing on an instance, and finding out whether it was done.

An instance keeps a request's `Idempotency-Key` for an hour after it did what it was asked, and answers to a second
request with the same status. So until then asking again is looking.
"""

from datetime import timedelta
from http import HTTPStatus

import httpx

from host import _, now
from plugins.publishing.networks.asking import ask, publish
from plugins.publishing.networks.mastodon.answers import hindrance, is_its_own
from plugins.publishing.networks.mastodon.asking import TITLE, at, headers
from plugins.publishing.networks.mastodon.looking import look
from plugins.publishing.networks.mastodon.pictures import unready
from plugins.publishing.networks.mastodon.published import published, shown
from plugins.publishing.networks.mastodon.status import thawed
from plugins.publishing.networks.reading import json_object, words
from plugins.publishing.outcomes import (
    Absent,
    Ask,
    Finding,
    Hindered,
    Later,
    LookAgain,
    Outcome,
    Published,
    Refused,
    Unknown,
)
from plugins.publishing.platform import Login, Sent

KEY_IS_KEPT = timedelta(minutes=55)  # an hour, with something to spare
BETWEEN_LOOKS = timedelta(seconds=60)
AT_WORK = timedelta(seconds=90)  # a request whose answer nobody waits for any more
WORKING = timedelta(seconds=15)  # on a picture


def send(body: bytes, key: str, login: Login, client: httpx.Client) -> Outcome:
    if thawed(body).get("in_reply_to_id") == "":
        return Refused(_("What it answers is gone from Mastodon."))
    answer = _asked(body, key, login, client)
    if not isinstance(answer, httpx.Response):
        return answer
    return _outcome(answer, body, login, client)


def settle(sent: Sent, login: Login, client: httpx.Client) -> Finding:
    try:
        return _settled(sent, login, client)
    except Hindered as hindered:
        if isinstance(hindered.hindrance, Refused):  # only the look was
            return Ask(hindered.hindrance.why)
        return hindered.hindrance


def _settled(sent: Sent, login: Login, client: httpx.Client) -> Finding:
    age = now() - sent.at
    if age < AT_WORK:  # old servers hold no lock on a key: two at once would be two statuses
        return LookAgain(AT_WORK - age, looked=False)
    if age < KEY_IS_KEPT:
        return _asked_again(sent, login, client)
    return _looked_for(sent, login, client, sure=sent.looks > 0)


def _asked(body: bytes, key: str, login: Login, client: httpx.Client) -> httpx.Response | Unknown | Later:
    said = {**headers(login.tokens.access), "Idempotency-Key": key, "Content-Type": "application/json"}
    return publish(client, "POST", at(login, "/api/v1/statuses"), title=TITLE, headers=said, content=body)


def _outcome(answer: httpx.Response, body: bytes, login: Login, client: httpx.Client) -> Outcome:
    wanted, said = thawed(body), json_object(answer)
    if answer.is_success:
        if not words(said, "id"):
            return Unknown(_("Mastodon's answer could not be read."))
        return shown(published(said, wanted["visibility"]), login, client)
    if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and wanted.get("media_ids"):
        return _for_its_pictures(answer, wanted["media_ids"], login, client)
    if answer.status_code == HTTPStatus.NOT_FOUND and is_its_own(answer) and wanted.get("in_reply_to_id"):
        return Refused(_("What it answers is gone from Mastodon."))
    return hindrance(answer)


def _for_its_pictures(answer: httpx.Response, names: list[str], login: Login, client: httpx.Client) -> Outcome:
    """By asking after them: what an error says is in its server's words."""
    try:
        waits = unready(names, login, client)
    except Hindered as hindered:
        return hindered.hindrance
    if waits:
        return Later(_("Mastodon is still working on a picture."), at=now() + WORKING)
    return hindrance(answer)


def _asked_again(sent: Sent, login: Login, client: httpx.Client) -> Finding:
    answer = _asked(sent.body, sent.key, login, client)
    if isinstance(answer, Later):
        return answer
    if isinstance(answer, Unknown):
        return LookAgain(BETWEEN_LOOKS, looked=False)
    if answer.status_code == HTTPStatus.NOT_FOUND and is_its_own(answer):
        return _gone(sent, login, client)
    outcome = _outcome(answer, sent.body, login, client)
    if isinstance(outcome, Unknown):
        return LookAgain(BETWEEN_LOOKS, looked=False)
    if isinstance(outcome, Refused):
        # Its pictures may be refused because they are part of it already, on a server that lost the key.
        return look(sent, login, client) or outcome
    return outcome


def _gone(sent: Sent, login: Login, client: httpx.Client) -> Finding:
    """The key is known and its status is not there any more, unless it is what it answers that is gone."""
    parent = thawed(sent.body).get("in_reply_to_id")
    if not parent or _is_there(parent, login, client):
        return Published(remote_id="", note=_("It was published and has been removed there since."), gone=True)
    return look(sent, login, client) or Absent(_("It is not there, and what it answers is gone."))


def _is_there(status: str, login: Login, client: httpx.Client) -> bool:
    """Raises Hindered unless that can be told."""
    url = at(login, f"/api/v1/statuses/{status}")
    answer = ask(client, "GET", url, title=TITLE, headers=headers(login.tokens.access))
    if answer.status_code == HTTPStatus.NOT_FOUND and is_its_own(answer):
        return False
    if not answer.is_success:
        raise Hindered(hindrance(answer))
    return True


def _looked_for(sent: Sent, login: Login, client: httpx.Client, *, sure: bool) -> Finding:
    """`sure`: it was looked for before."""
    found = look(sent, login, client)
    if found:
        return found
    return Absent(_("It is not among what this account published.")) if sure else LookAgain(BETWEEN_LOOKS)
