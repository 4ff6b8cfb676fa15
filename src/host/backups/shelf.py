"""The folder of backups: what lies there, and which are kept."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from flask import current_app

from host.clock import now
from host.errors import Fault, NotFound
from host.i18n import _

DAILY, WEEKLY, MONTHLY = 7, 4, 12
SPARE = 3  # copies from before a restore, and of those that somebody brought
STAMP = "%Y%m%dT%H%M%S%fZ"
NAME = re.compile(r"(fallow|before-restore|brought)-(\d{8}T\d{12}Z)\.backup")
UNFINISHED = ".part"


class Sort(StrEnum):
    MADE = "fallow"
    BEFORE = "before-restore"  # of what was there before one
    BROUGHT = "brought"  # by somebody, who had it elsewhere


@dataclass(frozen=True)
class Kept:
    """A backup on the shelf. `at` is when it came there."""

    path: Path
    at: datetime
    sort: Sort

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def before_restore(self) -> bool:
        return self.sort is Sort.BEFORE


class Shelf:
    """`backups/` in the data folder."""

    def __init__(self, data: Path | None = None) -> None:
        self.data: Path = data or current_app.extensions["fallow"].config.data
        self.path = self.data / "backups"

    def all(self) -> list[Kept]:
        """The newest first."""
        found = [(NAME.fullmatch(path.name), path) for path in self.path.glob("*.backup")]
        kept = [Kept(path, _moment(name[2]), Sort(name[1])) for name, path in found if name]
        return sorted(kept, key=lambda each: each.at, reverse=True)

    def named(self, name: str) -> Kept:
        """Raises NotFound; a name from outside never becomes a path."""
        for each in self.all():
            if each.name == name:
                return each
        raise NotFound(_("There is no such backup."))

    def place(self, sort: Sort = Sort.MADE) -> Path:
        """For a new one."""
        self.path.mkdir(mode=0o700, exist_ok=True)
        return self.path / f"{sort}-{now():{STAMP}}.backup"

    def rotate(self) -> None:
        """Of those that were made by the day, the newest of seven days, four weeks and twelve months stay; of each
        other sort the newest three."""
        by_sort = {sort: [each for each in self.all() if each.sort is sort] for sort in Sort}
        staying = {each.path for many, when in RHYTHM for each in _newest(by_sort[Sort.MADE], when, many)}
        staying |= {each.path for sort in (Sort.BEFORE, Sort.BROUGHT) for each in by_sort[sort][:SPARE]}
        for each in self.all():
            if each.path not in staying:
                each.path.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One backup or restore at a time, whichever program makes it; so whatever is unfinished here was left by a
        crash. Raises Fault while another one goes on."""
        try:
            with FileLock(self.data / "backup.lock", timeout=0):
                for left in self.path.glob(f"*{UNFINISHED}"):
                    left.unlink(missing_ok=True)
                yield
        except Timeout as error:
            raise Fault(_("A backup is being made or restored just now. Try again when it is over.")) from error


@contextmanager
def finishing(target: Path) -> Iterator[Path]:
    """A place aside; what lies there takes the target's name once all went well, and goes otherwise."""
    aside = target.with_name(f"{target.name}{UNFINISHED}")
    aside.unlink(missing_ok=True)
    try:
        yield aside
        aside.replace(target)
        _settle(target.parent)
    finally:
        aside.unlink(missing_ok=True)


def _newest(kept: list[Kept], when: Callable[[datetime], Any], many: int) -> list[Kept]:
    """The newest of each of so many days (weeks, months) that have any."""
    found: dict[Any, Kept] = {}
    for each in kept:
        found.setdefault(when(each.at), each)
    return list(found.values())[:many]


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)


def _settle(folder: Path) -> None:
    """A name outlives a power cut once its folder is on the disk; Windows sees to that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


RHYTHM: tuple[tuple[int, Callable[[datetime], Any]], ...] = (
    (DAILY, lambda at: at.date()),
    (WEEKLY, lambda at: at.isocalendar()[:2]),
    (MONTHLY, lambda at: (at.year, at.month)),
)
