"""What a plugin registers, asked once at load and checked before any of it is used: names are guards."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import click
from flask import Blueprint
from sqlalchemy import Table

from host.errors import Fault
from host.i18n import _
from host.plugging import models
from host.plugging.names import carries
from host.plugging.plugin import EventSentence, Plugin, Schema, SearchFilter, SettingsPanel
from host.plugging.retention import RetentionRule
from host.plugging.tasks import Periodic, Subscription, Task


@dataclass
class Declared:
    """Everything that one plugin registers."""

    schema: Schema | None = None
    tasks: Sequence[Task | Periodic | Subscription] = ()
    blueprints: Sequence[Blueprint] = ()
    commands: Sequence[click.Command] = ()
    settings: Sequence[SettingsPanel] = ()
    search_filters: Sequence[SearchFilter] = ()
    event_sentences: Sequence[EventSentence] = ()
    retention: Sequence[RetentionRule] = ()


EXPECTED: Mapping[str, type | tuple[type, ...]] = {
    "schema": Schema,
    "tasks": (Task, Periodic, Subscription),
    "blueprints": Blueprint,
    "commands": click.Command,
    "settings": SettingsPanel,
    "search_filters": SearchFilter,
    "event_sentences": EventSentence,
    "retention": RetentionRule,
}


def declared_by(module: ModuleType, plugin: Plugin) -> Declared:
    """Ask each register hook once. Raises an ExceptionGroup of everything that is wrong: what a hook raised, a wrong
    type, a name that is not the plugin's."""
    declared = Declared()
    wrong: list[Exception] = []
    for what in EXPECTED:
        _collect(wrong, lambda what=what: setattr(declared, what, _asked(module, what, declared)))  # type: ignore[misc]
    for given, joint in _names(declared, module):
        _collect(wrong, lambda given=given, joint=joint: _guard(given, plugin.name, joint))  # type: ignore[misc]
    _collect(wrong, lambda: _check_folders(module, plugin.name, declared))
    if wrong:
        raise ExceptionGroup(plugin.name, wrong)
    return declared


def _collect(wrong: list[Exception], check: Callable[[], None]) -> None:
    try:
        check()
    except Exception as error:  # noqa: BLE001 -- law 7; each is told to the plugin's author
        wrong.append(error)


def _asked(module: ModuleType, what: str, declared: Declared) -> Any:
    """What the hook gives. Raises Fault when it is of the wrong type."""
    implementation = getattr(module, f"register_{what}", None)
    if implementation is None:
        return getattr(declared, what)
    if what == "schema":
        return _typed(what, implementation())
    return [_typed(what, value) for value in implementation()]


def _typed(what: str, value: Any) -> Any:
    if not isinstance(value, EXPECTED[what]):
        raise Fault(_("register_%(what)s returned %(wrong)r.", what=what, wrong=value))
    return value


def _names(declared: Declared, module: ModuleType) -> Iterator[tuple[str, str]]:
    """Each name that the plugin gives, with what must stand between the plugin's own and the rest."""
    yield from ((blueprint.name, "_") for blueprint in declared.blueprints)
    yield from (((each if isinstance(each, Task) else each.task).name, ".") for each in declared.tasks)
    yield from ((panel.key, "_") for panel in declared.settings)
    yield from ((panel.template, "/") for panel in declared.settings)
    yield from ((each.kind.name, ".") for each in declared.event_sentences)
    yield from ((rule.key, ".") for rule in declared.retention)
    yield from ((table, "_") for table in _tables(module))
    if declared.schema is not None:
        yield declared.schema.prefix, "_"


def _tables(module: ModuleType) -> Iterator[str]:
    """The tables of the plugin's models."""
    for mapper in models.written_in(module.__name__):
        yield from (table.name for table in mapper.tables if isinstance(table, Table))


def _guard(given: str, name: str, joint: str) -> None:
    if not carries(given, name, joint=joint):
        raise Fault(_("“%(given)s” does not carry the plugin's name “%(name)s”.", given=given, name=name))


def _check_folders(module: ModuleType, name: str, declared: Declared) -> None:
    """Raises Fault for templates outside `templates/<name>/`, and for migrations that are not there."""
    templates = Path(str(module.__file__)).parent / "templates"
    if stray := [path.name for path in templates.glob("*") if path.name != name and not path.name.startswith(".")]:
        raise Fault(_("templates/%(stray)s must lie in templates/%(name)s/.", stray=stray[0], name=name))
    if declared.schema is None and next(_tables(module), None) is not None:
        raise Fault(_("It has tables but no register_schema, so nobody would make them."))
    if declared.schema is not None and not declared.schema.migrations.is_dir():
        raise Fault(_("Its folder of migrations %(path)s is missing.", path=declared.schema.migrations))
