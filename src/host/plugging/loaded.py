"""One plugin as found, and how it fares."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Literal, NamedTuple

from host.clock import now
from host.errors import Fault
from host.i18n import _
from host.plugging.checks import Declared
from host.plugging.failure import Failure, failures, trace
from host.plugging.plugin import Plugin

log = logging.getLogger(__name__)

MOST_INCIDENTS = 20  # kept for each plugin

Source = Literal["bundled", "installed", "folder", "missing"]
Standing = Literal["on", "off", "failed"]


class Incident(NamedTuple):
    """Something that a running plugin raised."""

    at: str
    moment: str  # the hook or template
    traceback: str


@dataclass
class Loaded:
    """A plugin. `off` has a `reason` unless nobody switched it on; `failed` has `failures`."""

    name: str
    module_name: str
    source: Source
    place: str = ""  # the folder it comes from
    version: str = ""
    standing: Standing = "off"
    reason: str = ""
    failures: list[Failure] = field(default_factory=list)
    plugin: Plugin | None = None
    module: ModuleType | None = None
    declared: Declared = field(default_factory=Declared)
    hooks: Sequence[str] = ()
    faults: list[Incident] = field(default_factory=list)
    blamed: int = 0  # times in this run
    mounted: bool = False  # its pages and tables were put in place at the start, so it may come and go while we run

    @property
    def title(self) -> str:
        return self.plugin.title if self.plugin else self.name.replace("_", " ").capitalize()

    @property
    def summary(self) -> str:
        return self.plugin.summary if self.plugin else ""

    @property
    def traceback(self) -> str:
        return "\n".join(failure.traceback for failure in self.failures if failure.traceback)

    def fail(self, error: BaseException | str, doing: str = "") -> None:
        """Switch off for this run; a sentence stands for an error that needs no traceback."""
        cause = Fault(error) if isinstance(error, str) else error
        self.standing = "failed"
        self.failures += failures(cause, doing or _("It failed while starting"))
        self.reason = self.failures[0].reason
        hint = _("See Settings, Plugins, or run `fallow plugins check %(name)s`.", name=self.name)
        where = f" in {self.place}" if self.place else ""
        log.error("plugin %s%s does not run. %s %s", self.name, where, self.reason, hint)

    def rest(self, reason: str) -> None:
        """Off without a fault of its own."""
        self.standing, self.reason = "off", reason

    def blame(self, moment: str, error: BaseException) -> None:
        """Keep what it raised while it ran."""
        log.error("plugin %s raised in %s", self.name, moment, exc_info=error)
        self.faults.append(Incident(now().isoformat(timespec="seconds"), moment, trace(error)))
        del self.faults[:-MOST_INCIDENTS]
        self.blamed += 1
