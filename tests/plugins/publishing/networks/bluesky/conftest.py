"""A PDS, and Ada's account there."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from host import now
from plugins.publishing.networks.bluesky import PLATFORM
from plugins.publishing.platform import Login, Message, Sent, Tokens
from tests.peers.bluesky import BlueskyPeer

AT = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def pds(begin_peer: Callable[..., BlueskyPeer]) -> BlueskyPeer:
    return begin_peer(BlueskyPeer)


@pytest.fixture
def login(pds: BlueskyPeer) -> Login:
    """What the door grants."""
    addresses = {**PLATFORM.addresses, "api": pds.url}
    return Login(addresses, Tokens(*pds.session(), now() + timedelta(hours=2)), pds.ada.did, pds.ada.handle)


@pytest.fixture
def message() -> Callable[..., Message]:
    """`message("The kettle is on.", language="en")`"""

    def made(text: str = "The kettle is on.", *, seed: str = "post.0", **more: Any) -> Message:
        return Message(text, key=PLATFORM.key(seed, AT), at=AT, **more)

    return made


@pytest.fixture
def sent(login: Login) -> Callable[..., Sent]:
    """`sent(message)`: what was sent just now, without an answer."""

    def made(message: Message, looks: int = 0) -> Sent:
        return Sent(PLATFORM.body(message, login), message.key, now(), looks)

    return made
