"""The feed as a network to publish on: it asks nobody, and its posts are rows that are committed with their outcome."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, uuid5

import httpx

from host import Account, Fault, _, db
from plugins.publishing.networks.feed import frozen
from plugins.publishing.networks.feed.addresses import Addresses
from plugins.publishing.networks.feed.entry import FeedEntry
from plugins.publishing.networks.feed.words import fit
from plugins.publishing.networks.weblinks import stretches
from plugins.publishing.outcomes import Absent, Finding, Hindered, Outcome, Published, Refused
from plugins.publishing.platform import Login, Message, Option, Picture, Platform, Preview, Room, Sent

LONGEST_TEXT = 5000  # characters


class Feed(Platform):
    """`Login.remote_id` is the space's id. Nothing here commits: the caller does, together with what came of it."""

    name: ClassVar[str] = "feed"
    title: ClassVar[str] = _("Feed")
    icon: ClassVar[str] = "p-feed"
    most_pictures: ClassVar[int] = 10
    picture_types: ClassVar[Sequence[str]] = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif")
    picture_bytes: ClassVar[int] = 20_000_000
    options: ClassVar[Sequence[Option]] = (frozen.TITLE,)

    def room(self, text: str, profile: Mapping[str, Any]) -> Room:  # noqa: ARG002
        return Room(len(fit(text).strip()), LONGEST_TEXT)

    def problems(self, message: Message, profile: Mapping[str, Any]) -> Sequence[str]:  # noqa: ARG002
        if message.pictures or fit(message.text).strip():
            return ()
        return (_("The feed takes no post without a text or a picture."),)

    def key(self, seed: str, at: datetime) -> str:
        return str(uuid5(NAMESPACE_URL, f"fallow:feed:{seed}:{at.isoformat()}"))

    def body(self, message: Message, login: Login) -> bytes:  # noqa: ARG002
        return frozen.frozen(message)

    def preview(self, body: bytes) -> Preview:
        said, _at = frozen.thawed(body)
        return Preview(stretches(said["text"]))

    def upload(self, picture: Picture, login: Login, client: httpx.Client) -> str:  # noqa: ARG002
        """What it holds, by name: the feed takes a file of its own once it publishes it."""
        try:
            return sha256(picture.read()).hexdigest()
        except Fault as fault:
            raise Hindered(Refused(fault.message)) from fault

    def send(self, body: bytes, key: str, login: Login, client: httpx.Client) -> Outcome:  # noqa: ARG002
        account = db.session.get(Account, int(login.remote_id))
        if account is None:
            return Refused(_("There is no such space."))
        said, at = frozen.thawed(body)
        entry = FeedEntry.publish(account, key, said, at)
        return _published(entry) if entry else Refused(_("A picture of this post is no longer here."))

    def settle(self, sent: Sent, login: Login, client: httpx.Client) -> Finding:  # noqa: ARG002
        found = FeedEntry.find(int(login.remote_id), sent.key)
        return _published(found) if found else Absent(_("It is not in the feed."))


def _published(entry: FeedEntry) -> Published:
    url = Addresses.public(entry.account_id).entry(entry.key)
    return Published(entry.key, url, gone=entry.removed_at is not None)
