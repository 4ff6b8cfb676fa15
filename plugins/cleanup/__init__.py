"""Cleanup: what is old goes away, a little at a time, by rules that everybody can see."""

from collections.abc import Sequence
from pathlib import Path

import click
from flask import Blueprint

from host import (
    ACCESS_REVOKED,
    OldRows,
    Periodic,
    Plugin,
    RetentionRule,
    Schema,
    SettingsPanel,
    Subscription,
    Task,
    _,
    cron,
    every,
    hookimpl,
)
from plugins.cleanup import api, commands, inaccessible, pages, removing, settings, upkeep
from plugins.cleanup.models import Removal

PLUGIN = Plugin("cleanup", title=_("Cleanup"), summary=_("Removes what is old."), icon="clean", hue="lichen")


@hookimpl
def register_schema() -> Schema:
    return Schema("cleanup_", Path(__file__).parent / "migrations")


@hookimpl
def register_tasks() -> Sequence[Task | Periodic | Subscription]:
    return [
        Periodic(cron("2 4 * * *", _("daily at 04:02 UTC")), removing.unused_tags, title=_("Remove unused tags")),
        Periodic(cron("0 3 * * *", _("daily at 03:00 UTC")), removing.daily, title=_("Remove what is old")),
        Periodic(every(hours=1), upkeep.run, title=_("Look after the database file")),
        Subscription([ACCESS_REVOKED], inaccessible.take_back),
        removing.remove_by,
    ]


@hookimpl
def register_retention() -> Sequence[RetentionRule]:
    return [RetentionRule("cleanup.removals", _("What was removed, in numbers"), OldRows(Removal, Removal.older), 365)]


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return [pages.bp, api.bp]


@hookimpl
def register_commands() -> Sequence[click.Command]:
    return [commands.cleanup]


@hookimpl
def register_settings() -> Sequence[SettingsPanel]:
    return [settings.PANEL]
