"""Further web processes on the same socket, for one machine with many cores and PostgreSQL."""

import logging
import multiprocessing
import os
import signal
import socket
import threading
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from host import heap
from host.app import create_app
from host.config import Config
from host.server import GRACE, Server

log = logging.getLogger(__name__)

AGAIN = 1.0  # seconds after one died
LEEWAY = 5  # seconds beyond the grace that running requests have


class Processes:
    """`with Processes(config, sock, 3):` keeps three running; one that dies is started again.

    They end when the pipe to them does: because we closed it, or because we are gone.
    """

    def __init__(self, config: Config, sock: socket.socket, count: int) -> None:
        self._fork = multiprocessing.get_context("spawn")
        self._reader, self._writer = self._fork.Pipe(duplex=False)
        self._arguments = (config, sock, self._reader)
        self._stopping = threading.Event()
        self._keepers = [threading.Thread(target=self._keep, name=f"web-{number}") for number in range(count)]

    def __enter__(self) -> Self:
        for keeper in self._keepers:
            keeper.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()
        for keeper in self._keepers:
            keeper.join()
        self._reader.close()

    def stop(self) -> None:
        """Have all of them end their requests and themselves."""
        self._stopping.set()
        self._writer.close()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            process = self._fork.Process(target=_serve, args=self._arguments)
            process.start()
            while process.is_alive() and not self._stopping.wait(AGAIN):
                pass
            if not self._stopping.is_set():
                log.warning("a web process ended by itself (%s); starting another", process.exitcode)
            _end(process)


def _end(process: multiprocessing.process.BaseProcess) -> None:
    process.join(GRACE + LEEWAY)
    if process.is_alive():
        process.kill()
        process.join()


def _serve(config: Config, sock: socket.socket, line: Connection) -> None:
    """The life of one of them."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # the terminal's; our parent decides
    server = Server(create_app(config))
    heap.settle()
    threading.Thread(target=_stop_after, args=(line, server), daemon=True).start()
    server.run_on(sock)
    if server.gave_up:
        os._exit(1)


def _stop_after(line: Connection, server: Server) -> None:
    line.poll(None)
    server.should_exit = True
