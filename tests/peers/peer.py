"""A network as a server of a test: it keeps what was published, and fails as it is told, at the very step it is told.

A network's own peer says what its requests are for (`kind`) and answers them by its contract (`answer`); all that may
go wrong on the way is here. It never knows that it is talked to by us.
"""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from threading import Event, RLock
from typing import Any, TypeVar

import pytest

from host import now
from tests.listener import Listener
from tests.peers.posts import PeerMedia, PeerPost, PeerToken
from tests.peers.reply import Reply, says
from tests.received import Received, read_request

PUBLISH = "publish"  # the kind of the requests that publish
Fault = str | Mapping[str, Any]  # a name, or {"fault": name, …} with what it needs to know
Callback = Callable[[Received], object]


class Peer:
    """Listens from the start at `url`.

    `now` is its clock, `requests` all that came, `posts` all that is published there. `before_commit` and
    `after_commit` are called with the request, in the server's thread: before it is looked at, and once its post is
    there but nothing was said of it.
    """

    def __init__(self, clock: Callable[[], datetime] = now) -> None:
        self.now = clock
        self.requests: list[Received] = []
        self.posts: list[PeerPost] = []
        self.tokens: dict[str, PeerToken] = {}
        self.media: dict[str, PeerMedia] = {}
        self.before_commit: Callback | None = None
        self.after_commit: Callback | None = None
        self.over = Event()
        self._scripts: dict[str, list[Mapping[str, Any]]] = {}
        self._lock = RLock()  # one request is answered at a time, as by a network that looks for what is there already
        self._listener = Listener(self._talk)

    @property
    def url(self) -> str:
        return f"http://{self._listener.address}:{self._listener.port}"

    def kind(self, request: Received) -> str:
        """What it is for; PUBLISH for what publishes."""
        raise NotImplementedError

    def answer(self, request: Received) -> Reply:
        """By the contract; what it publishes is in `posts` afterwards."""
        raise NotImplementedError

    def script(self, *faults: Fault, at: str = PUBLISH) -> None:
        """What is to go wrong with the next requests of this kind, one each; after those all goes well again.

        `ok` · `refuse_connection` (as soon as it is its turn, for requests of all kinds, until `open`) ·
        `close_before_commit` · `commit_then_close` · `commit_then_hang` (until the test ends) · `commit_then_500` ·
        `500_no_commit` · `502_html_body` (not done) · `commit_then_502` (the same, but done) · `partial_json` (done,
        the answer breaks off) · `slow_headers` (done, and the answer's head never ends) · `answer` with `status`,
        `body` and headers (not done) · and each `says_…` of the network's own, such as `401_once`.
        """
        named = [{"fault": fault} if isinstance(fault, str) else fault for fault in faults]
        for each in named:
            if each["fault"] not in FAULTS and not hasattr(self, f"says_{each['fault']}"):
                raise ValueError(f"no fault {each['fault']}")
        with self._lock:
            self._scripts.setdefault(at, []).extend(named)
            self._refuse_if_told(at)

    def open(self) -> None:
        """After `refuse_connection`."""
        self._listener.open()

    def asked(self, kind: str) -> list[Received]:
        """The requests of this kind so far."""
        return [each for each in self.requests if self.kind(each) == kind]

    def stop(self) -> None:
        self.over.set()
        self._listener.stop()

    def says_answer(self, request: Received, status: int, body: bytes = b"", **headers: str) -> Reply:
        return Reply(status, body, headers)

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(10)
            request = read_request(connection)
            self.requests.append(request)
            fault = dict(self._next(self.kind(request)))
            name = fault.pop("fault")
            if name in FAULTS:
                FAULTS[name](self, request, connection)
            else:
                connection.sendall(getattr(self, f"says_{name}")(request, **fault).wire)

    def _next(self, kind: str) -> Mapping[str, Any]:
        with self._lock:
            script = self._scripts.get(kind, [])
            fault = script.pop(0) if script else {"fault": "ok"}
            self._refuse_if_told(kind)
            return fault

    def _refuse_if_told(self, kind: str) -> None:
        script = self._scripts.get(kind, [])
        if script and script[0]["fault"] == "refuse_connection":
            del script[0]
            self._listener.close()
            self._refuse_if_told(kind)  # twice in a row is no more than once

    def _answered(self, request: Received) -> Reply:
        publishes = self.kind(request) == PUBLISH
        if publishes and self.before_commit:
            self.before_commit(request)
        with self._lock:
            before = len(self.posts)
            reply = self.answer(request)
            published = len(self.posts) > before
        if published and self.after_commit:
            self.after_commit(request)
        return reply

    def _ok(self, request: Received, connection: socket.socket) -> None:
        connection.sendall(self._answered(request).wire)

    def _close_before_commit(self, request: Received, connection: socket.socket) -> None:
        pass

    def _commit_then_close(self, request: Received, connection: socket.socket) -> None:
        self._answered(request)

    def _commit_then_hang(self, request: Received, connection: socket.socket) -> None:
        self._answered(request)
        self.over.wait()

    def _commit_then_500(self, request: Received, connection: socket.socket) -> None:
        self._answered(request)
        connection.sendall(self.broken().wire)

    def _500_no_commit(self, request: Received, connection: socket.socket) -> None:
        connection.sendall(self.broken().wire)

    def _502_html_body(self, request: Received, connection: socket.socket) -> None:
        connection.sendall(BAD_GATEWAY.wire)

    def _commit_then_502(self, request: Received, connection: socket.socket) -> None:
        self._answered(request)
        connection.sendall(BAD_GATEWAY.wire)

    def _partial_json(self, request: Received, connection: socket.socket) -> None:
        reply = self._answered(request)
        connection.sendall(reply.head(promised=len(reply.body) + 1) + reply.body[: len(reply.body) // 2])

    def _slow_headers(self, request: Received, connection: socket.socket) -> None:
        self._answered(request)
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.over.wait(0.05):
            connection.sendall(b".")

    def broken(self) -> Reply:
        """As this network says that it failed."""
        return says(500, {"error": "Internal Server Error"})


BAD_GATEWAY = Reply(
    502, b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", {"content-type": "text/html"}
)
FAULTS: Mapping[str, Callable[[Peer, Received, socket.socket], None]] = {
    "ok": Peer._ok,
    "refuse_connection": Peer._ok,  # never its turn: it is taken out of the script, and the port closed
    "close_before_commit": Peer._close_before_commit,
    "commit_then_close": Peer._commit_then_close,
    "commit_then_hang": Peer._commit_then_hang,
    "commit_then_500": Peer._commit_then_500,
    "500_no_commit": Peer._500_no_commit,
    "502_html_body": Peer._502_html_body,
    "commit_then_502": Peer._commit_then_502,
    "partial_json": Peer._partial_json,
    "slow_headers": Peer._slow_headers,
}

P = TypeVar("P", bound=Peer)


@pytest.fixture
def begin_peer() -> Iterator[Callable[..., Any]]:
    """`begin_peer(XPeer)`: a network that runs until the test ends."""
    begun: list[Peer] = []

    def begin(kind: type[P], **more: Any) -> P:
        begun.append(kind(**more))
        return begun[-1]  # type: ignore[return-value]

    yield begin
    for peer in begun:
        peer.stop()
