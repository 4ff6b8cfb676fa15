"""The connections: made to the very address that was checked, whatever its name leads to a moment later."""

import socket
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import httpcore
from httpcore import SOCKET_OPTION

from host.outgoing.address import not_public
from host.outgoing.deadline import Deadline
from host.outgoing.faults import TooSlow, Unreachable
from host.outgoing.ranges import Network, may_reach
from host.outgoing.resolving import Resolved, resolved
from host.outgoing.wire import Wire

MOST_TRIED = 4  # of a name's addresses


@dataclass(frozen=True)
class GuardedNetwork(httpcore.NetworkBackend):
    """What httpcore connects by. Each request has a connection of its own, so its time begins here."""

    allowed: Sequence[Network]
    seconds: float
    connect_seconds: float

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 -- ours counts for the whole
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Raises AddressRefused, Unreachable or TooSlow."""
        deadline, connecting = Deadline(self.seconds), Deadline(min(self.seconds, self.connect_seconds))
        found = resolved(host, port, seconds=connecting.left)
        public = [each for each in found if may_reach(each.address, self.allowed)]
        if not public:
            raise not_public(host)
        return Wire(_connected(host, public[:MOST_TRIED], connecting), host, connecting, deadline)


def _connected(host: str, addresses: Sequence[Resolved], deadline: Deadline) -> socket.socket:
    """To the first that answers; each has its share of the time that is left."""
    slow = False
    for waiting, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
        try:
            return _connection(address, deadline.left / waiting)
        except TimeoutError:
            slow = True
        except OSError:
            continue
    raise TooSlow(host) if slow else Unreachable(host)


def _connection(to: Resolved, seconds: float) -> socket.socket:
    connection = socket.socket(to.family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect(to.socket_address)
        with suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        connection.close()
        raise
    return connection
