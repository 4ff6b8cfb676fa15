"""Where a name leads, asked once for each connection."""

import socket
from collections.abc import Sequence
from queue import Empty, Queue
from threading import Thread
from typing import NamedTuple

from host.outgoing.faults import TooSlow, Unknown

SocketAddress = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]


class Resolved(NamedTuple):
    """One of the addresses, as a socket takes it."""

    family: socket.AddressFamily
    socket_address: SocketAddress

    @property
    def address(self) -> str:
        return str(self.socket_address[0])


def resolved(host: str, port: int, *, seconds: float) -> Sequence[Resolved]:
    """All of them, in the system's order; decimal, octal and other spellings come out as what the system takes them
    for. Raises Unknown, and TooSlow when nobody has answered by then: the system itself would wait for half a minute.
    """
    answers: Queue[Sequence[Resolved]] = Queue()
    Thread(target=lambda: answers.put(_asked(host, port)), name="resolving", daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except Empty:
        raise TooSlow(host) from None
    if not found:
        raise Unknown(host)
    return found


def _asked(host: str, port: int) -> Sequence[Resolved]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError):  # nobody knows it; what cannot be a name
        return ()
    return [Resolved(family, where) for family, _type, _protocol, _name, where in found]
