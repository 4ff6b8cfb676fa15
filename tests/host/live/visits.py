"""People with open streams, as the server sees them."""

import asyncio
from typing import Any

from host.live.gate import Listener
from host.live.hub import Hub

ADA = Listener(1, 1, "ada")
BEN = Listener(2, 1, "ben")
CLEO = Listener(1, 2, "cleo")  # of another space, by chance with Ada's id
PATIENCE = 10  # seconds


class Browser:
    """The other end of a stream, as uvicorn presents it."""

    def __init__(self) -> None:
        self.text = ""
        self.closed = False
        self._heard = asyncio.Condition()
        self._leaving = asyncio.Event()
        self.reads = asyncio.Event()
        self.reads.set()

    async def receive(self) -> dict[str, Any]:
        await self._leaving.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.reads.wait()
        async with self._heard:
            self.text += message.get("body", b"").decode()
            self.closed = message.get("more_body") is False
            self._heard.notify_all()

    def leave(self) -> None:
        self._leaving.set()

    async def heard(self, text: str) -> None:
        async with asyncio.timeout(PATIENCE), self._heard:
            await self._heard.wait_for(lambda: text in self.text)

    @property
    def topics(self) -> list[str]:
        return [line.removeprefix("data: ") for line in self.text.splitlines() if line.startswith("data: ")]


class Visit:
    """A browser with an open stream."""

    def __init__(self, hub: Hub, listener: Listener = ADA, since: str | None = None) -> None:
        self.browser = Browser()
        stream = hub.stream(listener, since, self.browser.receive, self.browser.send)
        self.task = asyncio.create_task(stream)

    async def opened(self) -> Browser:
        await self.browser.heard("retry")
        return self.browser


async def settled() -> None:
    """Let the loop do what was asked of it."""
    for _round in range(5):
        await asyncio.sleep(0)
