"""X, and Ada's account there."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from host import now
from plugins.publishing.networks.x import PLATFORM
from plugins.publishing.outcomes import Outcome
from plugins.publishing.platform import Login, Message, Sent, Tokens
from tests.peers.x import XPeer


@pytest.fixture
def x(begin_peer: Callable[..., XPeer]) -> XPeer:
    return begin_peer(XPeer)


@pytest.fixture
def login(x: XPeer) -> Login:
    """What the door grants."""
    token = x.grant()
    app = {"client_id": "app-with-secret", "client_secret": "hush"}
    tokens = Tokens(token.access, token.refresh, token.expires_at)
    return Login({"api": x.url, "site": x.url}, tokens, x.ada.id, x.ada.username, {"longest": 280}, app)


@pytest.fixture
def message() -> Callable[..., Message]:
    """`message("The kettle is on.", uploaded=["12"])`"""

    def made(text: str = "The kettle is on.", **more: Any) -> Message:
        at = datetime(2026, 11, 22, 9, tzinfo=UTC)
        return Message(text, key=PLATFORM.key("post.0", at), at=at, **more)

    return made


@pytest.fixture
def send(login: Login, web: httpx.Client) -> Callable[..., Outcome]:
    def go(message: Message, client: httpx.Client = web, as_: Login = login) -> Outcome:
        return PLATFORM.send(PLATFORM.body(message, as_), message.key, as_, client)

    return go


@pytest.fixture
def sent(login: Login) -> Callable[..., Sent]:
    """`sent(message)`: what was sent just now, without an answer."""

    def made(message: Message, looks: int = 0) -> Sent:
        return Sent(PLATFORM.body(message, login), message.key, now(), looks)

    return made
