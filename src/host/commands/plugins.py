"""`fallow plugins`: what is here, the switches, and what is wrong with one. Works whatever is broken."""

import difflib
import logging

import click

from host import migrate
from host.app import require_writable
from host.commands import config, given, listing, show, show_one
from host.config import Config
from host.errors import Fault, NotFound
from host.i18n import _
from host.plugging import Loaded, PluginRegistry
from host.plugging.discovery import discover
from host.plugging.failure import Failure, failures
from host.plugging.listing import adds, row
from host.plugging.state import State

COLUMNS = ("name", "state", "version", "source", "reason")  # of the table; JSON has them all


@click.group()
def plugins() -> None:
    """Plugins: list them, switch them on and off, find out what is wrong."""


@plugins.command("list")
@listing
def list_plugins() -> None:
    """Show every plugin that is here, and how it fares."""
    settings = config()
    registry = _loaded(PluginRegistry(settings.data, only=settings.plugins, safe=settings.safe))
    rows = [row(registry, each) for each in registry]
    show(rows if given().json else [{name: each[name] for name in COLUMNS} for each in rows])


@plugins.command()
@click.argument("name")
def enable(name: str) -> None:
    """Switch a plugin on, from the next start."""
    settings = config()
    _require_found(settings, name)
    require_writable(settings)
    State.read(settings.data).switch_on([name])
    click.echo(_("%(name)s is switched on, and comes with the next start of Fallow.", name=name))


@plugins.command()
@click.argument("name")
def disable(name: str) -> None:
    """Switch a plugin off, also in a Fallow that is running. What it stored is kept."""
    settings = config()
    state = State.read(settings.data)
    if name not in state.on:
        _require_found(settings, name)
    require_writable(settings)
    state.switch_off([name])
    click.echo(_("%(name)s is switched off. What it stored is kept.", name=name))


@plugins.command()
@click.argument("name")
def check(name: str) -> None:
    """Start a plugin on its own, try its migrations without keeping them, and say what is wrong."""
    settings = config()
    _require_found(settings, name)
    registry = _loaded(PluginRegistry(settings.data, only=_with_the_enabled(settings, name)))
    each = registry.found[name]
    found = each.failures or _rehearsed(settings, each)
    if given().json:
        show_one({**row(registry, each), "failures": [vars(failure) for failure in found]})
    else:
        _explain(each, found)
    if found:
        raise Fault(_("%(name)s cannot run. Without it: `fallow plugins disable %(name)s`.", name=name))
    if each.standing != "on":
        raise Fault(each.reason)


def _loaded(registry: PluginRegistry) -> PluginRegistry:
    """With what is wrong left to be shown, rather than logged on the way."""
    log = logging.getLogger("host.plugging")
    level = log.level
    log.setLevel(logging.CRITICAL)
    registry.load()
    log.setLevel(level)
    return registry


def _explain(each: Loaded, found: list[Failure]) -> None:
    name = f"{each.title} {each.version}".rstrip()
    click.echo(_("%(name)s, from %(place)s", name=name, place=each.place))
    for failure in found:
        click.echo(f"\n{failure.reason}\n{failure.remedy}\n{failure.traceback}".rstrip())
    if each.standing == "on" and not found:
        click.echo(_("Adds %(things)s.", things=", ".join(adds(each)) or _("nothing")))
        click.echo(_("All is well."))


def _rehearsed(settings: Config, each: Loaded) -> list[Failure]:
    """What goes wrong when the plugin's tables are brought to its version."""
    if each.standing != "on" or each.declared.schema is None:
        return []
    try:
        migrate.rehearse(settings, each)
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- law 7
        return failures(error, _("Its migration would fail"))
    return []


def _with_the_enabled(settings: Config, name: str) -> list[str]:
    """All that are on, which it may build on, and this one whatever its switch says."""
    state = State.read(settings.data)
    found = discover(settings.data / "plugins")
    return [name, *(each.name for each in found if state.enabled(each.name, first_party=each.source == "bundled"))]


def _require_found(settings: Config, name: str) -> None:
    """Raises NotFound, with the nearest name, for a plugin that is not here."""
    known = {each.name for each in discover(settings.data / "plugins")}
    if name not in known:
        raise NotFound(_("There is no plugin named %(name)s.", name=name) + _nearest(name, known))


def _nearest(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return " " + _("Did you mean %(name)s?", name=near[0]) if near else ""
