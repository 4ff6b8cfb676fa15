"""Telegram as a network to publish on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, uuid5

import httpx

from host import _
from plugins.publishing.networks.asking import publish
from plugins.publishing.networks.telegram import pictures, request
from plugins.publishing.networks.telegram.answers import TITLE, outcome
from plugins.publishing.networks.telegram.calls import method_url
from plugins.publishing.networks.telegram.counting import LONGEST_CAPTION, LONGEST_TEXT, length
from plugins.publishing.networks.telegram.door import TelegramDoor
from plugins.publishing.networks.weblinks import stretches
from plugins.publishing.outcomes import Ask, Finding, Hindered, Later, Outcome, Unknown
from plugins.publishing.platform import Login, Message, Option, Picture, Platform, Preview, Room, Sent


class Telegram(Platform):
    name: ClassVar[str] = "telegram"
    title: ClassVar[str] = TITLE
    icon: ClassVar[str] = "send"
    addresses: ClassVar[Mapping[str, str]] = {"api": "https://api.telegram.org", "site": "https://t.me"}
    longest_thread: ClassVar[int] = 25
    most_pictures: ClassVar[int] = pictures.MOST
    picture_types: ClassVar[Sequence[str]] = tuple(pictures.ENDINGS)
    picture_bytes: ClassVar[int] = pictures.LARGEST
    options: ClassVar[Sequence[Option]] = (request.SILENTLY,)
    door: ClassVar[TelegramDoor] = TelegramDoor()

    def room(self, text: str, profile: Mapping[str, Any]) -> Room:  # noqa: ARG002
        return Room(length(text), LONGEST_TEXT)

    def problems(self, message: Message, profile: Mapping[str, Any]) -> Sequence[str]:  # noqa: ARG002
        found = list(pictures.problems(message.pictures))
        if message.pictures and LONGEST_CAPTION < length(message.text) <= LONGEST_TEXT:
            most = f"{LONGEST_CAPTION:,}"
            found.append(_("On Telegram a text with pictures has at most %(n)s characters.", n=most))
        if not message.pictures and not length(message.text):
            found.append(_("Telegram takes no post without a text or a picture."))
        return found

    def key(self, seed: str, at: datetime) -> str:
        """Telegram knows no keys. It only makes the same post the same bytes."""
        return str(uuid5(NAMESPACE_URL, f"fallow:{seed}:{at.timestamp()}"))

    def body(self, message: Message, login: Login) -> bytes:
        return request.frozen(message, login.remote_id)

    def preview(self, body: bytes) -> Preview:
        return Preview(stretches(request.text_of(body).strip()))

    def upload(self, picture: Picture, login: Login, client: httpx.Client) -> str:  # noqa: ARG002
        """Nothing is handed over ahead of the post: what would be, goes to everybody at once."""
        return sha256(picture.read()).hexdigest()

    def send(self, body: bytes, key: str, login: Login, client: httpx.Client) -> Outcome:  # noqa: ARG002
        try:
            url = method_url(login.addresses, login.tokens.access, request.method_of(body))
        except Hindered as hindered:
            return hindered.hindrance
        headers = {"Content-Type": request.type_of(body)}
        answer = publish(client, "POST", url, title=TITLE, content=body, headers=headers)
        if isinstance(answer, Unknown | Later):
            return answer
        return outcome(answer, login.addresses["site"])

    def settle(self, sent: Sent, login: Login, client: httpx.Client) -> Finding:  # noqa: ARG002
        """A bot cannot read what a channel holds, and a second request is a second post: only a person can tell."""
        return Ask(_("Telegram tells nobody what became of a post. Look into %(channel)s.", channel=login.handle))
