"""The socket that the program listens on, and the address that it has from outside."""

import errno
import socket
from ipaddress import ip_address

from host.config import Config
from host.errors import Fault
from host.i18n import _

BACKLOG = 2048
LAST_PORT = 65_535
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- recognised, not chosen


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises Fault when the port is taken or the host is not ours."""
    if not 0 <= port <= LAST_PORT:  # the system would take it modulo 65,536
        raise Fault(_("A port is a number up to %(last)s, not %(port)s.", last=LAST_PORT, port=port))
    try:
        family, _type, _protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return _prompt(socket.create_server(address[:2], family=family, backlog=BACKLOG))
    except OSError as error:
        raise Fault(_reason(host, port, error)) from error


def address(sock: socket.socket, config: Config) -> str:
    """What people type into a browser, without a slash at its end."""
    return config.public_url.rstrip("/") or local_address(sock)


def local_address(sock: socket.socket) -> str:
    """What reaches the socket from this machine."""
    host, port = sock.getsockname()[:2]
    return f"http://{'127.0.0.1' if host in ANYWHERE else bracketed(host)}:{port}"


def is_loopback(sock: socket.socket) -> bool:
    return ip_address(sock.getsockname()[0]).is_loopback


def bracketed(host: str) -> str:
    """As a host stands in an address."""
    return f"[{host}]" if ":" in host else host


def _reason(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return _("Port %(port)s is in use by another program; give another one with --port.", port=port)
    if error.errno in (errno.EACCES, errno.EPERM):
        return _("Port %(port)s is kept for administrators; give one above 1023 with --port.", port=port)
    return _("Cannot listen on %(host)s, port %(port)s: %(error)s.", host=host, port=port, error=error)


def _prompt(sock: socket.socket) -> socket.socket:
    """Accepted connections take this over. asyncio sets it by itself only for sockets that name their protocol, which
    `create_server` makes none of; without it the end of an answer on a kept connection waits some 40 ms for the other
    side to acknowledge its beginning."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock
