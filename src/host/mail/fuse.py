"""The end of the time for a whole letter."""

import socket
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType
from typing import Self


class Fuse:
    """Cuts a connection when the time is up. A server that says one letter every few seconds never runs into the limit
    that each wait has for itself."""

    def __init__(self, seconds: float) -> None:
        self.blown = False
        self._line: socket.socket | None = None
        self._lock = Lock()
        self._timer = Timer(seconds, self._blow)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            if self._line is not None:
                self._line.close()
            self._line = None

    def watch(self, connection: socket.socket) -> None:
        """By a second handle: the first goes into the TLS layer, and cutting is no business of that."""
        with self._lock:
            self._line = connection.dup()
            if self.blown:
                self._cut()

    def _blow(self) -> None:
        with self._lock:
            self.blown = True
            self._cut()

    def _cut(self) -> None:
        if self._line is not None:
            with suppress(OSError):  # the other side was quicker
                self._line.shutdown(socket.SHUT_RDWR)
