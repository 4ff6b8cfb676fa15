"""The plugins of one app. Whatever one of them does at load, the program starts and says which failed."""

import logging
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from threading import Lock

import pluggy

from host.errors import Fault, NotFound
from host.i18n import _
from host.plugging import hookspecs, models
from host.plugging.discovery import discover
from host.plugging.loaded import Loaded
from host.plugging.loader import load
from host.plugging.state import State

log = logging.getLogger(__name__)


class PluginRegistry:
    """All that were found, by name; `refused` holds those whose name another had first."""

    def __init__(
        self, data: Path, *, only: Sequence[str] | None = None, safe: bool = False, strict: bool = False
    ) -> None:
        self.folder = data / "plugins"
        self.state = State.read(data)
        self.only = only
        self.safe = safe
        self.strict = strict
        self.manager = pluggy.PluginManager(hookspecs.PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.found: dict[str, Loaded] = {}
        self.refused: list[Loaded] = []
        self._switching = Lock()

    def __iter__(self) -> Iterator[Loaded]:
        """All, in order of their names."""
        return iter(sorted([*self.found.values(), *self.refused], key=lambda each: each.name))

    @property
    def on(self) -> list[Loaded]:
        """Those that run, in order of their names."""
        return [each for each in self.found.values() if each.standing == "on"]

    @property
    def condition(self) -> Hashable:
        """Another one when a plugin was switched, here or by another program, and when one failed: pages that were
        drawn before may not say what they would say now."""
        return self.state.stamped(), tuple((each.standing, each.blamed) for each in self.found.values())

    def load(self) -> None:
        """Find all, import those that are on. Nothing that a plugin does at import ends this."""
        self._find()
        models.settle_ours()
        for each in sorted(self.found.values(), key=lambda each: each.source != "bundled"):
            if self._wanted(each):  # ours first: they may offer hooks to others
                self._load(each)
        self._check_requirements()

    def named(self, name: str) -> Loaded:
        """Raises NotFound for a plugin that is not here."""
        if name not in self.found:
            raise NotFound(_("There is no plugin named %(name)s.", name=name))
        return self.found[name]

    def enabled(self, each: Loaded) -> bool:
        """Whether it is meant to run, as far as the switches go."""
        if self.only is not None:
            return each.name in self.only
        return self.state.enabled(each.name, first_party=each.source == "bundled")

    def settle(self) -> None:
        """The program is put together; who runs now may be switched off and on again while it does."""
        for each in self.on:
            each.mounted = True

    def drop(self, name: str, doing: str, error: BaseException) -> None:
        """Switch a plugin off that failed after loading, such as in its migrations; and those that build on it."""
        each = self.found[name]
        self._unregister(each)
        each.fail(error, doing)
        self._raise_if_strict(each, error)
        self._check_requirements()

    def blame(self, name: str, moment: str, error: BaseException) -> None:
        """Keep what a hook or template raised, for the settings page."""
        self.found[name].blame(moment, error)
        if self.strict:
            raise error

    def switch_off(self, name: str) -> None:
        """Off from now on: its hooks, jobs and pages rest at once, and with it all that build on it."""
        self.state.switch_off([self.named(name).name])
        self._follow()

    def switch_on(self, name: str) -> None:
        """On: at once when it was running before, else from the next start."""
        self.state.switch_on([self.named(name).name])
        self._follow()

    def refresh(self) -> None:
        """Follow what another program of this data folder switched; cheap, so it may be called at each request."""
        if self.state.refresh():
            self._follow()

    def _find(self) -> None:
        for each in discover(self.folder):
            first = self.found.setdefault(each.name, each)
            if first is not each:
                each.fail(_("A plugin of this name lies in %(place)s already.", place=first.place))
                self.refused.append(each)
        for name in sorted({*(self.only or ()), *self.state.on} - set(self.found)):
            self.found[name] = Loaded(name, "", "missing")
            self.found[name].fail(_("It is switched on but not here any more; what it stored is kept."))
        self.found = dict(sorted(self.found.items()))

    def _wanted(self, each: Loaded) -> bool:
        if each.standing == "failed" or not self.enabled(each):
            return False
        if self.safe:
            each.rest(_("Fallow runs in safe mode, without plugins."))
        return not self.safe

    def _load(self, each: Loaded) -> None:
        try:
            load(each, self.manager)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- law 7
            if absent := self._absent(each):  # with it the hooks that this one is for
                each.rest(_("It needs the plugin %(name)s, which is off.", name=absent))
                return
            each.fail(error)
            self._raise_if_strict(each, error)
        else:
            each.standing = "on"

    def _absent(self, each: Loaded) -> str | None:
        """One that it builds on and that does not run."""
        required = each.plugin.requires if each.plugin else ()
        return next((name for name in required if not self._runs(self.found.get(name))), None)

    def _runs(self, each: Loaded | None) -> bool:
        return each is not None and each.standing != "failed" and self.enabled(each)

    def _raise_if_strict(self, each: Loaded, error: BaseException) -> None:
        if self.strict:
            reasons = " ".join(failure.reason for failure in each.failures)
            raise Fault(f"{each.name}: {reasons}\n{each.traceback}") from error

    def _check_requirements(self) -> None:
        """Off while one that it builds on is off; repeated, since that may take others with it."""
        for each in self.on:
            for name in each.plugin.requires if each.plugin else ():
                if name not in {other.name for other in self.on}:
                    self._suspend(each, _("It needs the plugin %(name)s, which is off.", name=name))
                    return self._check_requirements()
        return None

    def _follow(self) -> None:
        """Bring what runs in step with the switches, as far as that can be done while running."""
        with self._switching:
            for each in self.found.values():
                if each.standing == "on" and not self.enabled(each):
                    self._suspend(each, "")
                elif each.standing == "off" and each.mounted and self.enabled(each):
                    self._resume(each)
            self._check_requirements()

    def _suspend(self, each: Loaded, reason: str) -> None:
        self._unregister(each)
        each.rest(reason)

    def _resume(self, each: Loaded) -> None:
        self.manager.register(each.module, name=each.name)
        each.standing, each.reason = "on", ""

    def _unregister(self, each: Loaded) -> None:
        if self.manager.has_plugin(each.name):
            self.manager.unregister(name=each.name)
