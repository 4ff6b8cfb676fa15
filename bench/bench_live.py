"""What thousands of open pages cost: how long the board page takes while nobody and while 2,000 listen for news.

The program runs in a process of its own; each listener is a connection that waits for server-sent events and gets none,
as a page does whose board rests. The last column is memory, with its children.
"""

import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from urllib.parse import urlsplit

from bench_memory import megabytes
from clock import percentile, seconds
from field import boards, cards, folder, program, space
from process import Running, kinds, started
from table import Row

from host.clock import now

CARDS = 100
LISTENERS = (0, 500, 2_000)
VISITS = 60
SPARE = 200  # files that are open besides


def measure() -> list[Row]:
    allowed = max(LISTENERS) + SPARE
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, max(allowed, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    with folder() as data:
        with program(data):
            [board] = boards(space(), 1)
            cards([board], CARDS, days_ago=(0, 29), at=now())
            path = f"/boards/{board.id}"
        with started(kinds()["source"], data) as running:
            rows = [_row(running, path, listeners) for listeners in LISTENERS]
    quiet = rows[0]["median, ms"]
    return [{**row, "ratio": row["median, ms"] / quiet} for row in rows]


def _row(running: Running, path: str, listeners: int) -> Row:
    running.get(path)
    with _listening(running, listeners):
        times = [seconds(lambda: running.get(path)) * 1000 for _visit in range(VISITS)]
        held = megabytes(running.pid)
    return {
        "listeners": listeners,
        "median, ms": median(times),
        "95 %, ms": percentile(times, 0.95),
        "held, MB": held,
    }


@contextmanager
def _listening(running: Running, number: int) -> Iterator[None]:
    """So many streams, each of which has been answered."""
    streams = [_stream(running.url, running.cookie) for _each in range(number)]
    try:
        yield
    finally:
        for stream in streams:
            stream.close()


def _stream(url: str, cookie: str) -> socket.socket:
    place = urlsplit(url)
    stream = socket.create_connection((place.hostname, place.port), timeout=30)
    stream.sendall(f"GET /live HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {cookie}\r\n\r\n".encode())
    head = stream.recv(4096)
    assert b" 200 " in head.split(b"\r\n")[0], head
    return stream
