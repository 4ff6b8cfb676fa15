"""All open streams of this process. Messages may be published from any thread; the rest happens in the event loop."""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from host.live.gate import Gate, Listener
from host.live.message import Message
from host.live.stream import Receive, Send, Stream
from host.live.topic import EVERYTHING

log = logging.getLogger(__name__)

BEAT = 20.0  # seconds between two looks at who may still listen
REMEMBERED = 500  # messages, for pages that were asked for before their stream was open
LONGEST_COUNT = 19  # digits; of thousands more Python makes no number
PATIENCE = 1.0  # seconds for a stalled client to take the end of its stream


class Hub:
    """Opened in the event loop that serves; before and after, publishing does nothing."""

    def __init__(self, gate: Gate, *, beat: float = BEAT) -> None:
        self.gate = gate
        self.beat = beat
        self.streams: dict[Stream, asyncio.Task[None]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._beating: asyncio.Task[None] | None = None
        self._epoch = secrets.token_hex(4)  # positions of another process, or of an earlier start, mean nothing here
        self._count = 0
        self._remembered: deque[tuple[int, Message]] = deque(maxlen=REMEMBERED)

    @property
    def position(self) -> str:
        """How many messages went by so far; a stream opened `since` it is told what came after."""
        return f"{self._epoch}.{self._count}"

    @property
    def is_open(self) -> bool:
        return self._loop is not None

    def publish(self, message: Message) -> None:
        """Put the message into the streams that it concerns."""
        self._soon(self._fan, message)

    def publish_lost(self) -> None:
        """Have every page ask again for all it shows: messages from elsewhere may have been missed."""
        self._soon(self._lose)

    async def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._beating = asyncio.create_task(self._beat())

    async def close(self) -> None:
        """End all streams: their browsers come back by themselves, to whoever serves then."""
        self._loop = None
        if self._beating is not None:
            self._beating.cancel()
        for stream in self.streams:
            stream.end()
        if self.streams:
            _done, stalled = await asyncio.wait(self.streams.values(), timeout=PATIENCE)
            for task in stalled:
                task.cancel()

    async def stream(self, listener: Listener, since: str | None, receive: Receive, send: Send) -> None:
        """Serve one stream to its end. `since` is the position at which the page was made."""
        stream = Stream(listener)
        self._catch_up(stream, since)
        task = asyncio.create_task(stream.run(receive, send))
        self.streams[stream] = task
        try:
            # A task of its own, so that closing can cancel the stream and not the request around it.
            with suppress(asyncio.CancelledError):
                await task
        finally:
            del self.streams[stream]

    def _soon(self, call: Callable[..., None], *arguments: object) -> None:
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # it was closed between the two lines
                loop.call_soon_threadsafe(call, *arguments)

    def _fan(self, message: Message) -> None:
        self._count += 1
        self._remembered.append((self._count, message))
        for stream in self.streams:
            self._put(stream, message)

    def _put(self, stream: Stream, message: Message, position: str | None = None) -> None:
        if message.concerns(stream.listener.account_id, stream.listener.user_id):
            for topic in message.topics:
                stream.put(topic, position or self.position)

    def _lose(self) -> None:
        self._remembered.clear()
        self._epoch = secrets.token_hex(4)
        for stream in self.streams:
            stream.put(EVERYTHING, self.position)

    def _catch_up(self, stream: Stream, since: str | None) -> None:
        if since is None:  # a program that has shown nothing yet
            return
        epoch, _dot, count = since.partition(".")
        oldest = self._remembered[0][0] if self._remembered else self._count + 1
        known = epoch == self._epoch and count.isdecimal() and len(count) < LONGEST_COUNT
        if not known or int(count) < oldest - 1:
            stream.put(EVERYTHING, self.position)
            return
        for number, message in self._remembered:
            if number > int(count):
                self._put(stream, message)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self.beat)
            gone = await self._gone()
            for stream in self.streams:
                stream.end() if stream.listener in gone else stream.ping()

    async def _gone(self) -> set[Listener]:
        try:
            return await asyncio.to_thread(self.gate.gone, [stream.listener for stream in self.streams])
        except Exception:
            log.exception("who may still listen could not be asked")
            return set()
