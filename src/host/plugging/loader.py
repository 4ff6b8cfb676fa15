"""Finding and loading plugins, in isolation: whatever one of them does, the program starts and says which failed.

Three sources, one mechanism: entry points of our own distribution, of whatever else is installed, and of what lies in
the data folder's `plugins/` (a package, or a distribution unpacked there), in the frozen program too.
"""

import importlib
import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pluggy

from host.clock import now
from host.errors import Fault
from host.i18n import _
from host.plugging import hookspecs
from host.plugging.checks import Declared, declared_by
from host.plugging.plugin import API, Plugin
from host.plugging.state import State

log = logging.getLogger(__name__)

GROUP = "fallow.plugins"
OURS = "fallow"
NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
MOST_FAULTS = 20  # kept for each plugin

Source = Literal["bundled", "installed", "folder"]
Standing = Literal["on", "off", "failed"]


@dataclass
class Loaded:
    """One plugin as found, and how it fares."""

    name: str
    module_name: str
    source: Source
    version: str = ""
    standing: Standing = "off"
    reason: str = ""
    traceback: str = ""
    plugin: Plugin | None = None
    module: ModuleType | None = None
    declared: Declared = field(default_factory=Declared)
    faults: list[tuple[str, str, str]] = field(default_factory=list)  # (when, hook, traceback)

    @property
    def title(self) -> str:
        return self.plugin.title if self.plugin else self.name.replace("_", " ").capitalize()

    def fail(self, reason: str, error: BaseException | None = None) -> None:
        self.standing, self.reason = "failed", reason
        if error is not None:
            self.traceback = "".join(traceback.format_exception(error))
        log.error("plugin %s is switched off: %s", self.name, reason)


class PluginRegistry:
    """The plugins of one app."""

    def __init__(self, data: Path, *, only: Sequence[str] | None = None, safe: bool = False, strict: bool = False) -> None:
        self.folder = data / "plugins"
        self.state = State.read(data)
        self.safe = safe or self.state.crash_looping
        self.strict = strict
        self.only = only
        self.manager = pluggy.PluginManager(hookspecs.PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.found: dict[str, Loaded] = {}

    @property
    def on(self) -> list[Loaded]:
        """Those that run, in order of their names."""
        return [each for each in self.found.values() if each.standing == "on"]

    def load(self) -> None:
        """Find all, import those that are on. Nothing that a plugin does at import ends this."""
        for each in sorted(discover(self.folder), key=lambda found: found.name):
            if each.name in self.found:
                self.found[each.name].fail(_("Two plugins have this name."))
                continue
            self.found[each.name] = each
        for each in self.found.values():
            if self._wanted(each):
                self._load(each)
        self._check_requirements()

    def drop(self, name: str, reason: str, error: BaseException | None = None) -> None:
        """Switch a plugin off that failed after loading, such as in its migrations; and those that build on it."""
        each = self.found[name]
        each.fail(reason, error)
        if self.manager.has_plugin(name):
            self.manager.unregister(name=name)
        self._raise_if_strict(each, error)
        self._check_requirements()

    def blame(self, name: str, hook: str, error: BaseException) -> None:
        """Keep what a hook raised, for the settings page."""
        log.error("plugin %s raised in %s", name, hook, exc_info=error)
        faults = self.found[name].faults
        faults.append((now().isoformat(timespec="seconds"), hook, "".join(traceback.format_exception(error))))
        del faults[:-MOST_FAULTS]
        if self.strict:
            raise error

    def _wanted(self, each: Loaded) -> bool:
        if each.standing == "failed":
            return False
        if self.safe:
            each.reason = _("Safe mode: no plugin was started.")
            return False
        if self.only is not None:
            return each.name in self.only
        return self.state.enabled(each.name, first_party=each.source == "bundled")

    def _load(self, each: Loaded) -> None:
        try:
            each.module = importlib.import_module(each.module_name)
            each.plugin = described(each.module, each.name)
            each.version = each.plugin.version or each.version
            each.declared = declared_by(each.module, each.plugin)
            self.manager.register(each.module, name=each.name)
            refuse_unknown_hooks(self.manager, each.module)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- law 7
            if self.manager.has_plugin(each.name):
                self.manager.unregister(name=each.name)
            each.fail(_("It failed while starting."), error)
            self._raise_if_strict(each, error)
        else:
            each.standing = "on"

    def _raise_if_strict(self, each: Loaded, error: BaseException | None) -> None:
        if self.strict:
            raise Fault(f"{each.name}: {each.reason}\n{each.traceback}") from error

    def _check_requirements(self) -> None:
        """Off while one that it builds on is off; repeated, since that may take others with it."""
        for each in self.on:
            for name in each.plugin.requires if each.plugin else ():
                if name not in {other.name for other in self.on}:
                    self.manager.unregister(name=each.name)
                    each.standing, each.reason = "off", _("It needs the plugin %(name)s, which is off.", name=name)
                    return self._check_requirements()
        return None


def discover(folder: Path) -> Iterator[Loaded]:
    """Every plugin that can be found, imported or not.

    The folder is appended to the path, never put first: a plugin there must not shadow the host.
    """
    if folder.is_dir() and str(folder) not in sys.path:
        sys.path.append(str(folder))
    importlib.invalidate_caches()
    named: set[str] = set()
    for distribution in distributions():
        for point in distribution.entry_points.select(group=GROUP):
            each = Loaded(point.name, point.value, source_of(distribution, folder), version=distribution.version)
            if not NAME.fullmatch(point.name):
                each.fail(_("A plugin's name has small letters, digits and underscores."))
            if (key := f"{each.name}={each.module_name}") not in named:  # an editable install may list itself twice
                named.add(key)
                yield each
    modules = {key.partition("=")[2].partition(".")[0] for key in named}
    yield from _loose_packages(folder, modules)


def source_of(distribution: Distribution, folder: Path) -> Source:
    if distribution.name == OURS:
        return "bundled"
    return "folder" if Path(str(distribution.locate_file(""))).is_relative_to(folder) else "installed"


def described(module: ModuleType, name: str) -> Plugin:
    """The module's PLUGIN. Raises Fault when it is missing, misnamed or made for another host."""
    plugin = getattr(module, "PLUGIN", None)
    if not isinstance(plugin, Plugin):
        raise Fault(_("%(module)s has no PLUGIN = Plugin(…).", module=module.__name__))
    if plugin.name != name:
        raise Fault(_("PLUGIN is named “%(given)s” but installed as “%(name)s”.", given=plugin.name, name=name))
    if plugin.api != API:
        raise Fault(_("It was made for plugin interface %(theirs)s; this is %(ours)s.", theirs=plugin.api, ours=API))
    return plugin


def refuse_unknown_hooks(manager: pluggy.PluginManager, module: ModuleType) -> None:
    """A misspelt hook would never be called, without a word; name the nearest instead."""
    import difflib

    marked: Callable[[str], Any] = lambda name: manager.parse_hookimpl_opts(module, name)  # noqa: E731
    known = [name for name in dir(hookspecs) if manager.parse_hookspec_opts(hookspecs, name) is not None]
    for name in filter(marked, dir(module)):
        if not hasattr(manager.hook, name) or getattr(manager.hook, name).spec is None:
            near = difflib.get_close_matches(name, known, 1)
            hint = " " + _("Did you mean %(name)s?", name=near[0]) if near else ""
            raise Fault(_("There is no hook named %(name)s.", name=name) + hint)


def _loose_packages(folder: Path, known: set[str]) -> Iterator[Loaded]:
    for init in sorted(folder.glob("*/__init__.py")):
        name = init.parent.name
        if NAME.fullmatch(name) and name not in known:
            yield Loaded(name, name, "folder")
