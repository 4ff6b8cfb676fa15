"""What the tests of live updates share."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from flask import Flask

from host.live.gate import Gate
from host.live.hub import Hub
from host.live.message import Message
from host.live.wire import live


class Recorder:
    """A wire that keeps what would go out."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def write(self, messages: Sequence[Message]) -> None:
        """Nothing yet: the transaction may still fail."""

    def send(self, messages: Sequence[Message]) -> None:
        self.messages += messages

    def reaches(self, topic: str) -> set[int] | None:
        """The people whom a topic goes to; None for everybody in the space. Raises KeyError when it goes to nobody."""
        for message in self.messages:
            if topic in message.topics:
                return None if message.people is None else set(message.people)
        raise KeyError(topic)

    @property
    def topics(self) -> list[str]:
        return sorted(topic for message in self.messages for topic in message.topics)


@pytest.fixture
def sent(app: Flask) -> Recorder:
    """What `app` sends from now on."""
    live().wire = recorder = Recorder()
    return recorder


@pytest.fixture
def in_hub(app) -> Callable[..., None]:
    """`in_hub(story)` runs the story with an open hub."""

    def run(story: Callable[[Hub], Awaitable[None]], **options: Any) -> None:
        async def told() -> None:
            hub = Hub(Gate(app), **options)
            await hub.open()
            try:
                await story(hub)
            finally:
                await hub.close()

        asyncio.run(told())

    return run
