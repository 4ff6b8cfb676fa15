"""An instance, and Ada's account there."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from host import now
from plugins.publishing.networks.mastodon import PLATFORM
from plugins.publishing.platform import Login, Message, Sent, Tokens
from tests.peers.mastodon import MastodonPeer


@pytest.fixture
def instance(begin_peer: Callable[..., MastodonPeer]) -> MastodonPeer:
    return begin_peer(MastodonPeer)


@pytest.fixture
def login(instance: MastodonPeer) -> Login:
    """What the door grants."""
    addresses = {"api": instance.url, "site": instance.url}
    return Login(addresses, Tokens(instance.grant()), f"{instance.ada.id}@{instance.host}", "@ada@peer.example")


@pytest.fixture
def message() -> Callable[..., Message]:
    """`message("The kettle is on.", warning="Steam")`: what is no field of a message is an option."""

    def made(text: str = "The kettle is on.", **more: Any) -> Message:
        fields = {name: more.pop(name) for name in list(more) if name in Message.__dataclass_fields__}
        at = datetime(2026, 11, 22, 9, tzinfo=UTC)
        return Message(text, key=PLATFORM.key("post.0", at), at=at, options=more, **fields)

    return made


@pytest.fixture
def sent(login: Login) -> Callable[..., Sent]:
    """`sent(message)`: what was sent just now, without an answer."""

    def made(message: Message, looks: int = 0) -> Sent:
        return Sent(PLATFORM.body(message, login), message.key, now(), looks)

    return made
