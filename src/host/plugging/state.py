"""Which plugins are on: a small file in the data folder, read before anything is imported.

It also counts starts that did not come to an end: two in a row mean safe mode.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FAILED_STARTS = 2


@dataclass
class State:
    path: Path
    on: set[str] = field(default_factory=set)
    off: set[str] = field(default_factory=set)
    starting: int = 0

    @classmethod
    def read(cls, data: Path) -> "State":
        """The kept state; a missing or spoilt file means the defaults."""
        path = data / "plugins.json"
        try:
            kept: dict[str, Any] = json.loads(path.read_text())
            return cls(path, set(kept.get("on", ())), set(kept.get("off", ())), int(kept.get("starting", 0)))
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return cls(path)

    def enabled(self, name: str, *, first_party: bool) -> bool:
        """Ours are on until switched off, others off until switched on."""
        return name not in self.off if first_party else name in self.on

    def switch(self, names: Iterable[str], *, on: bool) -> None:
        """Remember the choice; it counts from the next start."""
        self.on, self.off = (self.on | {*names}, self.off - {*names}) if on else (self.on - {*names}, self.off | {*names})
        self.write()

    @property
    def crash_looping(self) -> bool:
        return self.starting >= FAILED_STARTS

    def begin_start(self) -> None:
        self.starting += 1
        self.write()

    def end_start(self) -> None:
        if self.starting:
            self.starting = 0
            self.write()

    def write(self) -> None:
        """Replaced in one step, so that a crash leaves the old file or the new one."""
        kept = {"on": sorted(self.on), "off": sorted(self.off), "starting": self.starting}
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(kept, indent=1))
        fresh.replace(self.path)
