"""A folder as the storage: each content in a file that is named after it, such as `ab/cd/abcd…`."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from host.errors import Fault, NotFound
from host.files.storage import Storage, Stored
from host.i18n import _

KEY = re.compile(r"[0-9a-f]{64}")
UNFINISHED = ".part"
PART = 1024 * 1024  # bytes


def storage() -> Storage:
    """The one of this installation: `files/` in the data folder."""
    return Folder(current_app.extensions["fallow"].config.data / "files")


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, stream: BinaryIO) -> Stored:
        """Aside, to the disk, then renamed: nobody ever finds half of it, and a crash leaves at most what
        `forget_unfinished` takes away."""
        with _as_fault():
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            aside = self.path / f"{secrets.token_hex(8)}{UNFINISHED}"
            try:
                stored = _written(stream, aside)
                self._place(aside, stored)
            finally:
                aside.unlink(missing_ok=True)
        return stored

    def open(self, key: str) -> BinaryIO:
        path = self._path(key)
        try:
            return path.open("rb")
        except FileNotFoundError as error:
            raise NotFound(_("What this file held is no longer here.")) from error
        except OSError as error:
            raise _unusable(error) from error

    def delete(self, key: str) -> None:
        with _as_fault():
            self._path(key).unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        """A small folder at a time: millions would fill the memory."""
        for first in _below(self.path):
            for second in _below(first):
                yield from (path.name for path in _below(second) if KEY.fullmatch(path.name))

    def forget_unfinished(self, before: datetime) -> None:
        with _as_fault():
            for path in self.path.glob(f"*{UNFINISHED}"):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        """Raises NotFound for what is no key: a path from outside never reaches the file system."""
        if not KEY.fullmatch(key):
            raise NotFound(_("There is no such file."))
        return self.path / key[:2] / key[2:4] / key

    def _place(self, aside: Path, stored: Stored) -> None:
        place = self._path(stored.key)
        if place.exists() and place.stat().st_size == stored.size:
            return  # of another size it would be damaged, and this is the chance to mend it
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside.replace(place)
        for folder in (place.parent, place.parent.parent, self.path):
            _settle(folder)


def _written(stream: BinaryIO, path: Path) -> Stored:
    digest, size = sha256(), 0
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        while part := stream.read(PART):
            digest.update(part)
            size += file.write(part)
        file.flush()
        os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _settle(folder: Path) -> None:
    """A name outlives a power cut once its folder is on the disk; Windows sees to that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _below(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


@contextmanager
def _as_fault() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unusable(error) from error


def _unusable(error: OSError) -> Fault:
    return Fault(_("The folder of files cannot be used: %(error)s.", error=error.strerror or error))
