"""Bluesky as a network to publish on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

import httpx

from host import _
from plugins.publishing.networks import languages
from plugins.publishing.networks.bluesky import mentions, pictures, sending, session
from plugins.publishing.networks.bluesky.door import GIVEN, BlueskyDoor
from plugins.publishing.networks.bluesky.facets import SITE, stretches
from plugins.publishing.networks.bluesky.keys import record_key
from plugins.publishing.networks.bluesky.record import frozen, thawed
from plugins.publishing.networks.bluesky.references import looked_up
from plugins.publishing.networks.bluesky.xrpc import TITLE
from plugins.publishing.networks.graphemes import graphemes
from plugins.publishing.outcomes import Finding, Outcome
from plugins.publishing.platform import Login, Message, Option, Picture, Platform, Preview, Room, Sent, Tokens

MOST, MOST_BYTES = 300, 3000  # graphemes; both by the record's schema


class Bluesky(Platform):
    name: ClassVar[str] = "bluesky"
    title: ClassVar[str] = TITLE
    icon: ClassVar[str] = "p-bluesky"
    addresses: ClassVar[Mapping[str, str]] = {"api": GIVEN, "site": SITE}
    longest_thread: ClassVar[int] = 25
    # A GIF would stand still: Bluesky's app sends those as video.
    picture_types: ClassVar[Sequence[str]] = ("image/jpeg", "image/png", "image/webp")
    picture_bytes: ClassVar[int] = 2_000_000
    options: ClassVar[Sequence[Option]] = (languages.OPTION,)
    door: ClassVar[BlueskyDoor] = BlueskyDoor()

    def room(self, text: str, profile: Mapping[str, Any]) -> Room:  # noqa: ARG002
        return Room(graphemes(text), MOST)

    def problems(self, message: Message, profile: Mapping[str, Any]) -> Sequence[str]:  # noqa: ARG002
        found, size = [*languages.problems(message)], len(message.text.encode())
        if size <= MOST_BYTES:
            return found
        numbers = {"n": f"{size:,}", "most": f"{MOST_BYTES:,}"}
        return [*found, _("Its signs are large: it has %(n)s bytes, and Bluesky takes %(most)s.", **numbers)]

    def key(self, seed: str, at: datetime) -> str:
        return record_key(seed, at)

    def prepare(self, message: Message, login: Login, client: httpx.Client) -> Mapping[str, str]:
        return mentions.resolve(message.text, login, client) | looked_up(message.reply, login, client)

    def body(self, message: Message, login: Login) -> bytes:
        return frozen(message, login)

    def preview(self, body: bytes) -> Preview:
        record = thawed(body)["record"]
        return Preview(stretches(record["text"], record.get("facets", ())))

    def upload(self, picture: Picture, login: Login, client: httpx.Client) -> str:
        return pictures.upload(picture, login, client)

    def send(self, body: bytes, key: str, login: Login, client: httpx.Client) -> Outcome:  # noqa: ARG002
        return sending.send(body, login, client)

    def settle(self, sent: Sent, login: Login, client: httpx.Client) -> Finding:
        return sending.settle(sent, login, client)

    def renew(self, login: Login, client: httpx.Client) -> Tokens:
        return session.renewed(login, client)
