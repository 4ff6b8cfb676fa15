"""One running program for a data folder: whoever holds the lock, and where it can be reached."""

import json
import os
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from host.errors import Fault
from host.i18n import _

PATIENCE = 30  # seconds that another start may take until it answers
GLANCE = 0.2


class Address(NamedTuple):
    """Where the program that holds the lock listens, as it wrote down itself."""

    url: str
    pid: int


class Instance:
    """The claim to be the only one. The system frees the lock of a program that was killed."""

    def __init__(self, data: Path) -> None:
        self.lock = FileLock(data / "fallow.lock")
        self.file = data / "instance.json"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self.lock.is_locked:
            self.file.unlink(missing_ok=True)
            self.lock.release()

    def take(self) -> bool:
        """Whether the claim holds; False while another program has it."""
        try:
            self.lock.acquire(timeout=0)
        except Timeout:
            return False
        self.file.unlink(missing_ok=True)  # of one that was killed
        return True

    def tell(self, url: str) -> None:
        """Write down where this program listens."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps(Address(url, os.getpid())._asdict()))
        fresh.replace(self.file)

    def running(self) -> Address | None:
        """What the other one wrote down."""
        try:
            return Address(**json.loads(self.file.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def answering(self) -> Address:
        """The other one, as soon as it answers; it may be just starting. Raises Fault when it does not."""
        until = time.monotonic() + PATIENCE
        while True:
            found = self.running()
            if found and answers(found.url):
                return found
            if time.monotonic() > until:
                raise Fault(_("Fallow runs on this data folder already, but does not answer. End it and start again."))
            time.sleep(GLANCE)


def answers(url: str) -> bool:
    """Whether a healthy Fallow listens there. Asked directly: a proxy has no business between us."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
