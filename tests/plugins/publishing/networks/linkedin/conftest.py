"""LinkedIn, and Ada's account there."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from host import now
from plugins.publishing.networks.linkedin import PLATFORM
from plugins.publishing.outcomes import Outcome
from plugins.publishing.platform import Login, Message, Sent, Tokens
from tests.peers.linkedin import LinkedInPeer


@pytest.fixture
def linkedin(begin_peer: Callable[..., LinkedInPeer]) -> LinkedInPeer:
    return begin_peer(LinkedInPeer)


@pytest.fixture
def login(linkedin: LinkedInPeer) -> Login:
    """What the door grants."""
    token = linkedin.grant()
    addresses = {"api": linkedin.url, "site": linkedin.url}
    app = {"client_id": "app", "client_secret": "hush"}
    tokens = Tokens(token.access, token.refresh, token.expires_at)
    return Login(addresses, tokens, linkedin.person, "Ada Fen", {}, app)


@pytest.fixture
def message() -> Callable[..., Message]:
    """`message("The kettle is on.", uploaded=["urn:li:image:C1"])`"""

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
