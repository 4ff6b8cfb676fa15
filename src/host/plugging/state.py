"""Which plugins are on: a small file in the data folder, read before anything is imported.

It also counts starts that did not come to an end: two in a row mean safe mode.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock

from host.errors import Fault
from host.i18n import _

log = logging.getLogger(__name__)

FILE = "plugins.json"
Stamp = tuple[int, int] | None  # a replaced file has another inode, even within one tick of the file system's clock
FAILED_STARTS = 2


@dataclass
class State:
    """The file as last read. Each change reads it again first, so that two programs lose nothing of each other's."""

    path: Path
    on: set[str] = field(default_factory=set)
    off: set[str] = field(default_factory=set)
    starting: int = 0
    stamp: Stamp = None

    @classmethod
    def read(cls, data: Path) -> "State":
        """The kept state; a missing or spoilt file means the defaults."""
        state = cls(data / FILE)
        state.refresh()
        return state

    def enabled(self, name: str, *, first_party: bool) -> bool:
        """Ours are on until switched off, others off until switched on."""
        return name not in self.off if first_party else name in self.on

    def switch_on(self, names: Iterable[str]) -> None:
        with self._changing():
            self.on |= {*names}
            self.off -= {*names}

    def switch_off(self, names: Iterable[str]) -> None:
        with self._changing():
            self.on -= {*names}
            self.off |= {*names}

    def begin_start(self) -> bool:
        """Count a start; True when the two before it came to no end, which asks for safe mode."""
        with self._changing():
            self.starting += 1
        return self.starting > FAILED_STARTS

    def end_start(self) -> None:
        """The program is up, or ended in good order."""
        with self._changing():
            self.starting = 0

    def refresh(self) -> bool:
        """Read the file again if another program changed it; whether it had."""
        stamp = self.stamped()
        if stamp == self.stamp:
            return False
        self.stamp = stamp
        self._take(self._kept())
        return True

    def stamped(self) -> Stamp:
        """Another after each change, by whatever program; None while there is no file."""
        try:
            found = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_mtime_ns, found.st_ino

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with FileLock(self.path.with_suffix(".lock")):
            self.refresh()
            before = self._as_json()
            yield
            if self._as_json() != before:
                self._write()

    def _kept(self) -> Any:
        try:
            return json.loads(self.path.read_text())
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (ValueError, RecursionError):
            log.warning("%s is spoilt; plugins are as at the first start", self.path)
            return {}
        except OSError as error:
            raise Fault(_("%(path)s cannot be read: %(error)s.", path=self.path, error=error.strerror)) from error

    def _take(self, kept: Any) -> None:
        kept = kept if isinstance(kept, dict) else {}
        self.on, self.off = _names(kept.get("on")), _names(kept.get("off"))
        starting = kept.get("starting")
        self.starting = starting if isinstance(starting, int) else 0

    def _write(self) -> None:
        """Replaced in one step, so that a crash leaves the old file or the new one."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(self._as_json())
        fresh.replace(self.path)
        self.stamp = self.stamped()

    def _as_json(self) -> str:
        return json.dumps({"on": sorted(self.on), "off": sorted(self.off), "starting": self.starting}, indent=1)


def _names(kept: Any) -> set[str]:
    return {name for name in kept if isinstance(name, str)} if isinstance(kept, list) else set()
