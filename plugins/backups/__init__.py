"""Backups: one a day by itself, a page to make and restore them."""

from collections.abc import Sequence

from flask import Blueprint

from host import Periodic, Plugin, SettingsPanel, Task, _, cron, hookimpl
from plugins.backups import api, daily, pages, settings

PLUGIN = Plugin("backups", title=_("Backups"), summary=_("What can be brought back."), icon="backup", hue="stone")


@hookimpl
def register_tasks() -> Sequence[Task | Periodic]:
    return [Periodic(cron("15 3 * * *", _("daily at 03:15 UTC")), daily.run, title=_("Make a backup")), daily.make]


@hookimpl
def register_blueprints() -> Sequence[Blueprint]:
    return [pages.bp, api.bp]


@hookimpl
def register_settings() -> Sequence[SettingsPanel]:
    return [settings.PANEL]
