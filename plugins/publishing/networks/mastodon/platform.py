"""Mastodon as a network to publish on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, uuid5

import httpx

from host import _
from plugins.publishing.networks import languages
from plugins.publishing.networks.mastodon import pictures, sending, status
from plugins.publishing.networks.mastodon.asking import TITLE
from plugins.publishing.networks.mastodon.counting import length
from plugins.publishing.networks.mastodon.door import MastodonDoor
from plugins.publishing.networks.mastodon.limits import Limits
from plugins.publishing.networks.mastodon.stretches import stretches
from plugins.publishing.outcomes import Finding, Outcome
from plugins.publishing.platform import Login, Message, Option, Picture, Platform, Preview, Room, Sent


class Mastodon(Platform):
    name: ClassVar[str] = "mastodon"
    title: ClassVar[str] = TITLE
    icon: ClassVar[str] = "p-mastodon"
    longest_thread: ClassVar[int] = 25
    picture_bytes: ClassVar[int] = Limits.image_size_limit
    options: ClassVar[Sequence[Option]] = status.OPTIONS
    door: ClassVar[MastodonDoor] = MastodonDoor()

    def room(self, text: str, profile: Mapping[str, Any]) -> Room:
        limits = Limits.of(profile)
        return Room(length(text, limits.characters_reserved_per_url), limits.max_characters)

    def problems(self, message: Message, profile: Mapping[str, Any]) -> Sequence[str]:
        limits = Limits.of(profile)
        found = [*languages.problems(message), *pictures.problems(message.pictures, limits)]
        whole = length(message.text, limits.characters_reserved_per_url, warning=status.warning(message))
        if whole > limits.max_characters and not self.room(message.text, profile).over:
            most = f"{limits.max_characters:,}"
            found.append(_("With its content warning it has %(n)s of %(most)s characters.", n=f"{whole:,}", most=most))
        return found

    def key(self, seed: str, at: datetime) -> str:
        return str(uuid5(NAMESPACE_URL, f"fallow:{seed}:{at.timestamp()}"))

    def body(self, message: Message, login: Login) -> bytes:  # noqa: ARG002
        return status.frozen(message)

    def preview(self, body: bytes) -> Preview:
        said = status.thawed(body)
        return Preview(stretches(said.get("status", "")), said.get("spoiler_text", ""))

    def upload(self, picture: Picture, login: Login, client: httpx.Client) -> str:
        return pictures.upload(picture, login, client)

    def send(self, body: bytes, key: str, login: Login, client: httpx.Client) -> Outcome:
        return sending.send(body, key, login, client)

    def settle(self, sent: Sent, login: Login, client: httpx.Client) -> Finding:
        return sending.settle(sent, login, client)
