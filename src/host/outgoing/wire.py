"""One connection, on which nothing is waited for beyond the end of its request."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

from host.outgoing.deadline import Deadline
from host.outgoing.faults import NotSecure, TooSlow, Unreachable


class Wire(httpcore.NetworkStream):
    def __init__(self, connection: socket.socket, host: str, connecting: Deadline, deadline: Deadline) -> None:
        self._connection = connection
        self._host = host
        self._connecting = connecting
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Raises TooSlow, and what httpcore expects for a broken connection."""
        with self._in_time(), httpcore_error(httpcore.ReadError):
            self._connection.settimeout(self._deadline.left)
            return self._connection.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Raises as `read` does. Not by `sendall`: who reads a byte at a time would keep us for ever."""
        with self._in_time(), httpcore_error(httpcore.WriteError):
            while buffer:
                self._connection.settimeout(self._deadline.left)
                buffer = buffer[self._connection.send(buffer) :]

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> "Wire":
        """The same connection, secured for the name. Raises NotSecure, Unreachable or TooSlow."""
        try:
            self._connection.settimeout(self._connecting.left)
            self._connection = ssl_context.wrap_socket(self._connection, server_hostname=server_hostname)
        except BaseException as error:
            self.close()
            raise self._why_not_secure(error) from error
        return self

    def close(self) -> None:
        self._connection.close()

    def get_extra_info(self, info: str) -> Any:
        return self._connection if info in ("socket", "ssl_object") and self._is(info) else None

    def _is(self, info: str) -> bool:
        return info == "socket" or isinstance(self._connection, ssl.SSLSocket)

    def _why_not_secure(self, error: BaseException) -> BaseException:
        if isinstance(error, ssl.SSLCertVerificationError):
            return NotSecure(self._host, error.verify_message)
        if isinstance(error, TimeoutError):
            return TooSlow(self._host)
        if isinstance(error, ssl.SSLError | ValueError):  # a ValueError: no name of a server
            return NotSecure(self._host)
        return Unreachable(self._host) if isinstance(error, OSError) else error

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError as error:
            raise TooSlow(self._host, may_have_arrived=True) from error


@contextmanager
def httpcore_error(kind: type[Exception]) -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise
    except OSError as error:
        raise kind(str(error)) from error
