"""A real HTTP server for a test, that answers as it is told: well, badly, slowly or for ever."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest

from tests.listener import Listener
from tests.received import HEAD_ENDS, Received, read_request


@dataclass(frozen=True)
class Talk:
    """What an answer is written to. `over` is set when the test ends: whoever waits, waits for that."""

    connection: socket.socket
    over: Event

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)


Answer = Callable[[Talk], object]


@dataclass
class HttpServer:
    """`answers` are given in turn, the last one for ever; `received` is what was asked."""

    answers: list[Answer]
    address: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    received: list[Received] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._listener = Listener(self._talk, self.address)
        self.port: int = self._listener.port

    @property
    def connections(self) -> int:
        """How often somebody came."""
        return self._listener.came

    def url(self, path: str = "/", *, host: str = "") -> str:
        return f"{'https' if self.tls else 'http'}://{host or self.address}:{self.port}{path}"

    def stop(self) -> None:
        self.over.set()
        self._listener.stop()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(10)
            secured = self.tls.wrap_socket(connection, server_side=True) if self.tls else connection
            with secured:
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                if getattr(answer, "listens", True):
                    self.received.append(read_request(secured))
                answer(Talk(secured, self.over))


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    """A whole answer; `content_type="text/plain"` is a header."""
    named = {"content-length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in named.items())]
    return says("\r\n".join(lines).encode() + HEAD_ENDS + body)


def says(data: bytes) -> Answer:
    """These very bytes, then the end of the connection."""
    return lambda talk: talk.send(data)


def falls_silent(talk: Talk) -> None:
    """Listens and says nothing."""
    talk.over.wait()


def trickles(talk: Talk) -> None:
    """A byte of a body now and then, for ever: no single read takes long."""
    talk.send(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
    while not talk.over.wait(0.05):
        talk.send(b".")


def floods(talk: Talk) -> None:
    """As much as the other side takes."""
    talk.send(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n")
    while not talk.over.is_set():
        talk.send(bytes(65536))


def deaf(talk: Talk) -> None:
    """Reads nothing at all."""
    talk.over.wait()


deaf.listens = False  # type: ignore[attr-defined]


@pytest.fixture
def http_server() -> Iterator[Callable[..., HttpServer]]:
    """`http_server(answer(204))`, `http_server(falls_silent, tls=context)`: a server that runs until the test ends."""
    begun: list[HttpServer] = []

    def begin(*answers: Answer, **more: Any) -> HttpServer:
        begun.append(HttpServer(list(answers) or [answer()], **more))
        return begun[-1]

    yield begin
    for server in begun:
        server.stop()
