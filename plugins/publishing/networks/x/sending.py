"""Publishing on X, once, and finding out whether an earlier request was done. X knows no key by which it would know a
request again, but it takes no text twice."""

from datetime import timedelta
from http import HTTPStatus

import httpx

from host import _, now
from plugins.publishing.networks.asking import publish
from plugins.publishing.networks.reading import json_object, words
from plugins.publishing.networks.x.answers import TITLE, hindrance
from plugins.publishing.networks.x.asking import headers
from plugins.publishing.networks.x.media import require_ready
from plugins.publishing.networks.x.timeline import Seen, comparable, timeline
from plugins.publishing.networks.x.wire import Wire
from plugins.publishing.outcomes import (
    Absent,
    Ask,
    Finding,
    Hindered,
    LookAgain,
    Outcome,
    Published,
    Refused,
    Unknown,
)
from plugins.publishing.platform import Login, Sent

FIRST_LOOK, SECOND_LOOK = timedelta(seconds=15), timedelta(seconds=90)
NEXT_LOOK = timedelta(minutes=2)
LEEWAY = timedelta(seconds=60)  # between X's clock and ours
LAST_LOOK = timedelta(hours=6)  # from then on it is late, and not for us to say whether it is still wanted
MOST_LOOKS = 5  # each may end with a request whose answer is lost


def send(body: bytes, login: Login, client: httpx.Client) -> Outcome:
    pictures = Wire.read(body).pictures
    if len(pictures) == 1:  # a GIF stands alone
        try:
            require_ready(pictures[0], login, client)
        except Hindered as hindered:
            return hindered.hindrance
    return _publish(body, login, client)


def settle(sent: Sent, login: Login, client: httpx.Client) -> Finding:
    """Two looks, and then the text once more: if it is there after all, X refuses it, which tells. Raises Hindered."""
    due = sent.at + (SECOND_LOOK if sent.looks else FIRST_LOOK)
    if now() < due:
        return LookAgain(due - now(), looked=False)
    wire = Wire.read(sent.body)
    found = _found(sent, wire, timeline(login, client, sent.at - LEEWAY))
    if found is not None:
        return _published(found.id, login)
    if now() < sent.at + SECOND_LOOK:
        return LookAgain(sent.at + SECOND_LOOK - now())
    if wire.reply or wire.pictures or sent.looks >= MOST_LOOKS or not sent.may_repeat:
        return Ask(_("It is not among your latest posts on X, and X cannot say for sure."))
    if now() > sent.at + LAST_LOOK:
        return Absent(_("It is not among your latest posts on X."))
    return _once_more(sent, wire, login, client)


def _once_more(sent: Sent, wire: Wire, login: Login, client: httpx.Client) -> Finding:
    came = _publish(sent.body, login, client)
    if isinstance(came, Unknown):
        return LookAgain(FIRST_LOOK)
    if isinstance(came, Refused) and came.duplicate:
        return _there(sent, wire, login, client, came)
    return came


def _there(sent: Sent, wire: Wire, login: Login, client: httpx.Client, refused: Refused) -> Finding:
    """X has this text: from the request that we ask about, unless an older one shows that it came from that. Where it
    shows neither, time may tell."""
    found = _found(sent, wire, timeline(login, client, sent.at - LEEWAY))
    if found is not None:
        return _published(found.id, login)
    if any(
        each.text == comparable(wire.text) for each in timeline(login, client, None)
    ):  # all that X shows is paid for
        return refused
    return LookAgain(NEXT_LOOK)


def _found(sent: Sent, wire: Wire, recent: list[Seen]) -> Seen | None:
    """The one that this request made. A post of pictures alone has nothing to be known by."""
    text, earliest = comparable(wire.text), sent.at - LEEWAY
    fitting = [each for each in recent if each.text == text and each.answers == wire.reply and each.at >= earliest]
    return fitting[-1] if text and fitting else None


def _publish(body: bytes, login: Login, client: httpx.Client) -> Outcome:
    url = f"{login.addresses['api']}/2/tweets"
    json = {**headers(login), "Content-Type": "application/json"}
    answer = publish(client, "POST", url, title=TITLE, headers=json, content=body)
    if not isinstance(answer, httpx.Response):
        return answer
    if answer.status_code in (HTTPStatus.CREATED, HTTPStatus.OK):
        name = words(json_object(answer), "data", "id")
        return _published(name, login) if name.isdecimal() else Unknown(_("X took it, but did not say its number."))
    return hindrance(answer)


def _published(name: str, login: Login) -> Published:
    return Published(name, f"{login.addresses['site']}/{login.handle}/status/{name}")
