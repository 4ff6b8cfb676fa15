"""What a plugin registers, asked once at load and checked before any of it is used: names are guards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import click
from flask import Blueprint

from host.errors import Fault
from host.i18n import _
from host.jobs.declare import Periodic, Subscription, Task
from host.plugging.plugin import Permission, Plugin, RetentionRule, Schema, SearchFilter, SettingsPanel


@dataclass
class Declared:
    """Everything that one plugin registers."""

    schema: Schema | None = None
    tasks: Sequence[Task | Periodic | Subscription] = ()
    blueprints: Sequence[Blueprint] = ()
    commands: Sequence[click.Command] = ()
    settings: Sequence[SettingsPanel] = ()
    permissions: Sequence[Permission] = ()
    retention: Sequence[RetentionRule] = ()
    search_filters: Sequence[SearchFilter] = ()
    counts: dict[str, int] = field(default_factory=dict)


EXPECTED: dict[str, type | tuple[type, ...]] = {
    "tasks": (Task, Periodic, Subscription),
    "blueprints": Blueprint,
    "commands": click.Command,
    "settings": SettingsPanel,
    "permissions": Permission,
    "retention": RetentionRule,
    "search_filters": SearchFilter,
}


def declared_by(module: ModuleType, plugin: Plugin) -> Declared:
    """Ask each register hook once. Raises Fault for a wrong type or a name that is not the plugin's."""
    declared = Declared(schema=_asked(module, "schema", None))
    if declared.schema is not None and not isinstance(declared.schema, Schema):
        raise Fault(_("register_schema returns a Schema."))
    for what, expected in EXPECTED.items():
        values = list(_asked(module, what, ()))
        if wrong := [value for value in values if not isinstance(value, expected)]:
            raise Fault(_("register_%(what)s returned %(wrong)r.", what=what, wrong=wrong[0]))
        setattr(declared, what, values)
    _check_names(declared, plugin.name)
    return declared


def _asked(module: ModuleType, what: str, otherwise: Any) -> Any:
    implementation = getattr(module, f"register_{what}", None)
    return implementation() if implementation is not None else otherwise


def _check_names(declared: Declared, name: str) -> None:
    for blueprint in declared.blueprints:
        _guard(blueprint.name == name or blueprint.name.startswith(f"{name}_"), blueprint.name, name)
    for permission in declared.permissions:
        _guard(permission.name.startswith(f"{name}."), permission.name, name)
    for task in declared.tasks:
        if isinstance(task, Task):
            _guard(task.name.startswith(f"{name}."), task.name, name)
    if declared.schema is not None:
        _guard(declared.schema.prefix == f"{name}_", declared.schema.prefix, name)


def _guard(allowed: bool, given: str, name: str) -> None:  # noqa: FBT001
    if not allowed:
        raise Fault(_("“%(given)s” does not carry the plugin's name “%(name)s”.", given=given, name=name))
