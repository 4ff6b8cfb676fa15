"""One browser's open connection: topics wait here until they are written."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from host.live.gate import Listener
from host.live.topic import EVERYTHING

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_WAITING = 64  # topics; a client that falls behind further is told to ask for everything again
RETRY = 2000  # milliseconds until a browser whose stream broke comes back
NOSNIFF = (b"x-content-type-options", b"nosniff")
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # a proxy must pass each line on at once
    NOSNIFF,
]


@dataclass(eq=False)
class Stream:
    """Lives in the event loop, and is touched nowhere else."""

    listener: Listener
    waiting: dict[str, str] = field(default_factory=dict)  # topic: the position after it
    pinged: bool = False
    ended: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, topic: str, position: str) -> None:
        """Have the topic written. One that waits already is written once, and a flood becomes a single word."""
        self.waiting.pop(topic, None)
        self.waiting[topic] = position
        if len(self.waiting) > MOST_WAITING:
            self.waiting = {EVERYTHING: position}
        self._woken.set()

    def ping(self) -> None:
        """Have a line written that keeps proxies from closing the connection."""
        self.pinged = True
        self._woken.set()

    def end(self) -> None:
        """Have what waits written, then close."""
        self.ended = True
        self._woken.set()

    async def run(self, receive: Receive, send: Send) -> None:
        """Write until the client leaves or the stream is ended."""
        leaving = asyncio.create_task(self._end_when_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await send({"type": "http.response.body", "body": b"retry: %d\n\n" % RETRY, "more_body": True})
            while not self.ended or self.waiting:
                await self._woken.wait()
                self._woken.clear()
                if text := self._taken():
                    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            leaving.cancel()

    async def _end_when_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.waiting.clear()
        self.end()

    def _taken(self) -> str:
        lines = [f"id: {position}\ndata: {topic}\n\n" for topic, position in self.waiting.items()]
        text = "".join(lines) or (": still here\n\n" if self.pinged else "")
        self.waiting.clear()
        self.pinged = False
        return text
