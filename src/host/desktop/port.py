"""The port of the desktop program: the same at each start, so that addresses given to others stay good."""

import socket
from pathlib import Path

from host.config import PORT, Config
from host.errors import Fault
from host.listening import listen

FREE = 0  # the system picks one


def listen_where_last(config: Config) -> socket.socket:
    """On the port that was asked for; else on that of the last start, else the usual one, else a free one.

    Raises Fault when the one that was asked for is taken.
    """
    if config.port != PORT:
        return listen(config.host, config.port)
    sock = _first_free(config.host, [*remembered(config.data), PORT, FREE])
    (config.data / "port").write_text(f"{sock.getsockname()[1]}\n")
    return sock


def remembered(data: Path) -> list[int]:
    """Of the last start, if there was one."""
    try:
        port = int((data / "port").read_text())
    except (FileNotFoundError, ValueError):
        return []
    return [port] if 0 < port < 2**16 else []


def _first_free(host: str, ports: list[int]) -> socket.socket:
    *wishes, last = ports
    for port in wishes:
        try:
            return listen(host, port)
        except Fault:
            continue
    return listen(host, last)
