"""Importing one plugin and making sure that it fits."""

import difflib
import importlib
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType

import pluggy

from host.errors import Fault
from host.i18n import _
from host.plugging import hookspecs, models
from host.plugging.checks import declared_by
from host.plugging.loaded import Loaded
from host.plugging.plugin import API, Plugin

Hooks = Mapping[str, tuple[str, ...]]

ORDERING = ("wrapper", "hookwrapper", "tryfirst", "trylast")


def load(each: Loaded, manager: pluggy.PluginManager) -> None:
    """Import the plugin, check it and register its hooks. Raises whatever is wrong, and leaves nothing behind."""
    was_there = each.module_name in sys.modules
    try:
        _load(each, manager)
    except BaseException:
        if not was_there:  # an entry point may name anything, such as a module of ours
            models.forget(each.module_name)
        raise


def described(module: ModuleType, name: str) -> Plugin:
    """The module's PLUGIN. Raises Fault when it is missing, misnamed or made for another host."""
    plugin = getattr(module, "PLUGIN", None)
    if not isinstance(plugin, Plugin):
        raise Fault(_("%(module)s has no PLUGIN = Plugin(…).", module=module.__name__))
    if plugin.api != API:
        raise Fault(_("It was made for plugin interface %(theirs)s; this is %(ours)s.", theirs=plugin.api, ours=API))
    if plugin.name != name:
        raise Fault(_("PLUGIN is named “%(given)s” but installed as “%(name)s”.", given=plugin.name, name=name))
    return plugin


def fitting_hooks(manager: pluggy.PluginManager, module: ModuleType) -> list[str]:
    """The names of the hooks that the module implements. Raises an ExceptionGroup of all that do not fit."""
    marked = {name: opts for name in dir(module) if (opts := manager.parse_hookimpl_opts(module, name)) is not None}
    known = _hooks_of(manager)
    unmarked = [name for name in known if name not in marked and callable(getattr(module, name, None))]
    wrong = [Fault(_("The hook %(name)s lacks @hookimpl.", name=name)) for name in unmarked]
    wrong += [Fault(text) for name, opts in marked.items() for text in _misfits(module, name, opts, known)]
    if wrong:
        raise ExceptionGroup(module.__name__, wrong)
    return sorted(marked)


@cache
def known_hooks() -> Hooks:
    """The arguments of each of the host's hooks, by the hook's name."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    return _hooks_of(manager)


def _load(each: Loaded, manager: pluggy.PluginManager) -> None:
    module = importlib.import_module(each.module_name)
    each.plugin = described(module, each.name)
    each.version = each.plugin.version or each.version
    if each.plugin.hookspecs is not None:
        _take_in(each.plugin.hookspecs, manager)
    each.hooks = fitting_hooks(manager, module)
    each.declared = declared_by(module, each.plugin)
    models.settle(module.__name__)
    manager.register(module, name=each.name)
    each.module = module


def _hooks_of(manager: pluggy.PluginManager) -> Hooks:
    callers = {name: getattr(manager.hook, name) for name in dir(manager.hook) if not name.startswith("_")}
    return {name: caller.spec.argnames for name, caller in callers.items() if caller.spec is not None}


def _take_in(offered: ModuleType, manager: pluggy.PluginManager) -> None:
    """Hooks that a plugin offers to others. Raises Fault for one that the host or another plugin has already."""
    named = [name for name in dir(offered) if manager.parse_hookspec_opts(offered, name) is not None]
    if taken := sorted(set(named) & set(_hooks_of(manager))):
        raise Fault(_("There is a hook named %(name)s already.", name=taken[0]))
    manager.add_hookspecs(offered)


def _misfits(module: ModuleType, name: str, opts: pluggy.HookimplOpts, known: Hooks) -> Iterator[str]:
    """A misspelt hook would never be called, without a word; one with a misspelt argument would fail at each call."""
    if name not in known:
        yield _("There is no hook named %(name)s.", name=name) + _nearest(name, list(known))
        return
    for argument in pluggy.HookImpl(None, "", getattr(module, name), opts).argnames:
        if argument not in known[name]:
            missing = _("The hook %(name)s has no argument %(argument)s.", name=name, argument=argument)
            yield missing + _nearest(argument, list(known[name]))
    # Wrappers and places in the order would let one plugin stand in the way of another.
    for option in ORDERING:
        if opts[option]:  # type: ignore[literal-required]
            yield _("The hook %(name)s must not use %(option)s.", name=name, option=option)


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return " " + _("Did you mean %(name)s?", name=near[0]) if near else ""
