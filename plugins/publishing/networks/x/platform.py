"""X, as publishing knows a network."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

import httpx

from host import _
from plugins.publishing.networks.x import media, oauth, sending
from plugins.publishing.networks.x.answers import TITLE
from plugins.publishing.networks.x.counting import MOST, weight
from plugins.publishing.networks.x.door import XDoor
from plugins.publishing.networks.x.urls import urls_in
from plugins.publishing.networks.x.wire import Wire
from plugins.publishing.outcomes import Finding, Outcome
from plugins.publishing.platform import Login, Message, Option, Picture, Platform, Preview, Room, Sent, Tokens

PRICE, PRICE_WITH_URL = Decimal("0.015"), Decimal("0.20")
CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")
SCHEME = re.compile(r"https?://", re.IGNORECASE)


class X(Platform):
    name = "x"
    title = TITLE
    icon = "p-x"
    addresses: ClassVar[Mapping[str, str]] = {"api": "https://api.x.com", "site": "https://x.com"}
    longest_thread = 25
    picture_bytes = media.MOST_GIF
    options: ClassVar[Sequence[Option]] = (
        Option(
            "reply_settings",
            _("Who may reply"),
            (
                ("", _("Everyone")),
                ("following", _("Accounts you follow")),
                ("mentionedUsers", _("Accounts you mention")),
                ("subscribers", _("Your subscribers")),
                ("verified", _("Verified accounts")),
            ),
        ),
    )
    door = XDoor()

    def room(self, text: str, profile: Mapping[str, Any]) -> Room:
        most = profile.get("longest")
        return Room(weight(text), most if isinstance(most, int) else MOST)

    def problems(self, message: Message, profile: Mapping[str, Any]) -> Sequence[str]:  # noqa: ARG002
        return list(_problems(message))

    def cost(self, text: str) -> Decimal | None:
        return PRICE_WITH_URL if urls_in(text) else PRICE

    def key(self, seed: str, at: datetime) -> str:  # noqa: ARG002
        """X takes no name for a request; this one is ours alone."""
        return hashlib.sha256(seed.encode()).hexdigest()[:32]

    def body(self, message: Message, login: Login) -> bytes:  # noqa: ARG002
        return Wire.of(message).write()

    def preview(self, body: bytes) -> Preview:
        return Preview(list(_stretches(Wire.read(body).text)))

    def upload(self, picture: Picture, login: Login, client: httpx.Client) -> str:
        return media.upload(picture, login, client)

    def send(self, body: bytes, key: str, login: Login, client: httpx.Client) -> Outcome:  # noqa: ARG002
        return sending.send(body, login, client)

    def settle(self, sent: Sent, login: Login, client: httpx.Client) -> Finding:
        return sending.settle(sent, login, client)

    def renew(self, login: Login, client: httpx.Client) -> Tokens:
        return oauth.renewed(login, client)


def _problems(message: Message) -> Iterator[str]:
    if not message.text.strip() and not message.pictures:
        yield _("X wants a text or a picture.")
    if len(CASHTAG.findall(message.text)) > 1:
        yield _("X takes one cashtag, such as $ABC, in a post.")
    gifs = [picture for picture in message.pictures if picture.type == media.GIF]
    if gifs and len(message.pictures) > 1:
        yield _("X shows a GIF only by itself.")
    if any(picture.size > media.MOST_IMAGE for picture in message.pictures if picture not in gifs):
        yield _("X takes pictures up to 5 MB, and GIFs up to 15 MB.")
    if any(len(picture.alt) > media.LONGEST_ALT for picture in message.pictures):
        yield _("X takes descriptions of pictures of up to 1,000 characters.")


def _stretches(text: str) -> Iterator[tuple[str, str]]:
    end = 0
    for url in urls_in(text):
        if end < url.start:
            yield text[end : url.start], ""
        shown = text[url.start : url.end]
        yield shown, shown if SCHEME.match(shown) else f"http://{shown}"
        end = url.end
    if end < len(text):
        yield text[end:], ""
