"""Plugins' commands under `fallow <plugin>`, each plugin on its own: one that fails leaves the rest."""

from collections.abc import Mapping
from typing import Any

import click

from host.commands import config
from host.commands.running import running
from host.errors import Fault
from host.i18n import _
from host.plugging import Loaded, PluginRegistry

REGISTRY = "host.plugins"


class PluginCommands(click.Group):
    """One plugin's commands; they run inside the program, so that the database and `_` are at hand."""

    def __init__(self, loaded: Loaded) -> None:
        summary = loaded.plugin.summary if loaded.plugin else ""
        commands = {command.name: command for command in loaded.declared.commands if command.name}
        super().__init__(name=loaded.name, help=summary, commands=commands)

    def invoke(self, ctx: click.Context) -> Any:
        with running() as app:
            _require_on(app.extensions["fallow"].plugins.found[str(self.name)])
            return super().invoke(ctx)


class OwnCommand(click.Command):
    """A plugin's one command of its own name: `fallow <plugin>` itself."""

    def __init__(self, loaded: Loaded, command: click.Command) -> None:
        super().__init__(loaded.name, params=command.params, callback=command.callback, help=command.help)

    def invoke(self, ctx: click.Context) -> Any:
        with running() as app:
            _require_on(app.extensions["fallow"].plugins.found[str(self.name)])
            return super().invoke(ctx)


def names(ctx: click.Context) -> list[str]:
    """The plugins that bring commands."""
    return [each.name for each in _registry(ctx).on if each.declared.commands]


def summaries(ctx: click.Context) -> Mapping[str, str]:
    """What stands in `fallow --help`; nothing when the settings cannot be read, since help must always come."""
    try:
        return {name: _of(_registry(ctx).found[name]).get_short_help_str(80) for name in names(ctx)}
    except Fault:
        return {}


def command(ctx: click.Context, name: str) -> click.Command | None:
    """What the plugin brings, or nothing for a name that is no plugin's. Raises Fault for one that is off."""
    found = _registry(ctx).found.get(name)
    if found is None:
        return None
    _require_on(found)
    return _of(found) if found.declared.commands else None


def _of(loaded: Loaded) -> click.Command:
    own = [command for command in loaded.declared.commands if command.name == loaded.name]
    return OwnCommand(loaded, own[0]) if own else PluginCommands(loaded)


def _registry(ctx: click.Context) -> PluginRegistry:
    """Every plugin that can be loaded, once a command line and without touching the database."""
    kept: PluginRegistry | None = ctx.meta.get(REGISTRY)
    if kept is None:
        settings = config()
        kept = PluginRegistry(settings.data, only=settings.plugins, safe=settings.safe, strict=settings.strict)
        kept.load()
        ctx.meta[REGISTRY] = kept
    return kept


def _require_on(found: Loaded) -> None:
    if found.standing != "on":
        reason = found.reason or _("Switch it on with `fallow plugins enable %(name)s`.", name=found.name)
        raise Fault(_("The plugin %(name)s is off. %(reason)s", name=found.name, reason=reason))
