"""LinkedIn, as publishing knows a network."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

import httpx

from host import _
from plugins.publishing.networks.linkedin import images, oauth, sending, wire
from plugins.publishing.networks.linkedin.answers import TITLE
from plugins.publishing.networks.linkedin.door import LinkedInDoor
from plugins.publishing.networks.linkedin.little_text import escaped, read, visible
from plugins.publishing.networks.weblinks import stretches
from plugins.publishing.outcomes import Finding, Outcome
from plugins.publishing.platform import Login, Message, Option, Picture, Platform, Preview, Room, Sent, Tokens

MOST = 3000
SITE = "https://www.linkedin.com"


class LinkedIn(Platform):
    name = "linkedin"
    title = TITLE
    icon = "p-linkedin"
    addresses: ClassVar[Mapping[str, str]] = {"api": "https://api.linkedin.com", "site": SITE}
    most_pictures = 20
    picture_types: ClassVar[Sequence[str]] = ("image/jpeg", "image/png", "image/gif")
    picture_bytes = 8_000_000
    renews_for_ever: ClassVar[bool] = False  # the right to renew lasts a year from the day of connecting
    options: ClassVar[Sequence[Option]] = (
        Option(
            "visibility",
            _("Who sees it"),
            (("PUBLIC", _("Everyone")), ("CONNECTIONS", _("Your connections"))),
            given="PUBLIC",
        ),
        Option("link_title", _("Title of the link's card")),
    )
    door = LinkedInDoor()

    def room(self, text: str, profile: Mapping[str, Any]) -> Room:  # noqa: ARG002
        """LinkedIn's limit may be that of the text as it travels: the safe reading is that it holds for both."""
        return Room(_units(visible(text)), MOST, wire=_units(escaped(text)))

    def problems(self, message: Message, profile: Mapping[str, Any]) -> Sequence[str]:  # noqa: ARG002
        return list(_problems(message))

    def key(self, seed: str, at: datetime) -> str:  # noqa: ARG002
        """LinkedIn takes no name for a request; this one is ours alone."""
        return hashlib.sha256(seed.encode()).hexdigest()[:32]

    def body(self, message: Message, login: Login) -> bytes:
        return wire.write(message, login)

    def preview(self, body: bytes) -> Preview:
        return Preview(list(_stretches(wire.commentary(body))))

    def upload(self, picture: Picture, login: Login, client: httpx.Client) -> str:
        return images.upload(picture, login, client)

    def send(self, body: bytes, key: str, login: Login, client: httpx.Client) -> Outcome:  # noqa: ARG002
        return sending.send(body, login, client)

    def settle(self, sent: Sent, login: Login, client: httpx.Client) -> Finding:
        return sending.settle(sent, login, client)

    def renew(self, login: Login, client: httpx.Client) -> Tokens:
        return oauth.renewed(login, client)


def _units(text: str) -> int:
    """Of UTF-16, in which LinkedIn's servers hold a text: never fewer than its characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _problems(message: Message) -> Iterator[str]:
    if not message.text.strip() and not message.pictures:
        yield _("LinkedIn wants a text or a picture.")
    if any(picture.width * picture.height > images.MOST_PIXELS for picture in message.pictures):
        yield _("LinkedIn takes pictures of up to 36 million pixels.")
    if any(len(picture.alt) > images.LONGEST_ALT for picture in message.pictures):
        yield _("LinkedIn takes descriptions of pictures of up to 4,086 characters.")
    if message.options.get("link_title", "").strip() and message.pictures:
        yield _("LinkedIn shows pictures or a link's card, not both. Remove the title of the link.")


def _stretches(commentary: str) -> Iterator[tuple[str, str]]:
    for text, urn in read(commentary):
        if urn:
            kind, number = urn.split(":")[-2:]
            yield text, f"{SITE}/{'company' if kind == 'organization' else 'in'}/{number}"
        else:
            yield from stretches(text)
