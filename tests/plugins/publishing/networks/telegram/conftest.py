"""A Telegram of the test's, and its channel as we know it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from plugins.publishing.networks.telegram import PLATFORM
from plugins.publishing.platform import Login, Message, Tokens
from tests.peers.telegram import TOKEN, TelegramPeer

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def peer(begin_peer: Callable[..., TelegramPeer]) -> TelegramPeer:
    return begin_peer(TelegramPeer)


@pytest.fixture
def login(peer: TelegramPeer) -> Login:
    """What the door grants."""
    return Login({"api": peer.url, "site": "https://t.me"}, Tokens(TOKEN), str(peer.channel.id), "@orchard_news")


@pytest.fixture
def message() -> Callable[..., Message]:
    """`message("The pears are ripe.", pictures=[…])`"""

    def made(text: str = "The pears are ripe.", **more: Any) -> Message:
        return Message(text, key=PLATFORM.key("post.0", NINE), at=NINE, **more)

    return made
