"""Asking the plugins, each on its own: pluggy lets one raising implementation silence the others, this does not."""

import logging
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from flask import current_app

from host.db import db
from host.i18n import _
from host.plugging.plugin import Refusal

if TYPE_CHECKING:
    from pluggy import HookImpl

    from host.plugging.loader import PluginRegistry

log = logging.getLogger(__name__)


def plugins() -> "PluginRegistry":
    """The plugins of the running app."""
    registry: PluginRegistry = current_app.extensions["fallow"].plugins
    return registry


def gather(hook: str, *, savepoint: bool = False, **arguments: Any) -> Iterator[tuple[str, Any]]:
    """(plugin name, result) of each implementation, in order of the plugins' names; None is left out.

    An implementation that raises is logged and counted against its plugin, and the others go on; with `savepoint`
    what it wrote is undone.
    """
    for name, call in implementations(hook, arguments):
        try:
            with db.session.begin_nested() if savepoint else nullcontext():
                result = call()
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- law 7: a plugin's fault stays the plugin's
            plugins().blame(name, hook, error)
            continue
        if result is not None:
            yield name, result


def first_result(hook: str, **arguments: Any) -> Refusal | None:
    """The first answer; a plugin that raises counts as a refusal in its name (fails closed)."""
    for name, call in implementations(hook, arguments):
        try:
            answer: Refusal | None = call()
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- see gather
            plugins().blame(name, hook, error)
            return Refusal(_("The plugin %(name)s failed while it was asked, so nothing was changed.", name=name))
        if answer is not None:
            return answer
    return None


def implementations(hook: str, arguments: dict[str, Any]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each plugin's call of the hook with the arguments that it takes."""
    caller = getattr(plugins().manager.hook, hook)
    found: list[HookImpl] = sorted(caller.get_hookimpls(), key=lambda impl: impl.plugin_name)
    for impl in found:
        yield impl.plugin_name, lambda impl=impl: impl.function(*(arguments[name] for name in impl.argnames))
