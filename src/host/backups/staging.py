"""Making the database of a backup fit to be ours, before it takes its place."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import URL

from host import migrate
from host.clock import now
from host.config import Config
from host.errors import Fault
from host.i18n import _
from host.jobs.pauses import ALL
from host.lost_secrets import sealed_columns
from host.plugging import PluginRegistry
from host.sealing import WrongKey, reseal

# As a backup that was made before any upgrade of ours has it.
PAUSED = """INSERT INTO task_pause (task, paused_at) VALUES (?, ?)
            ON CONFLICT (task) DO UPDATE SET paused_at = excluded.paused_at, resumed_at = NULL, paused_by_id = NULL"""


def upgrade(config: Config, database: Path) -> None:
    """To the tables of this program, those of the plugins that are on too. Raises Fault for one of a newer program."""
    staged = URL.create("sqlite", database=str(database)).render_as_string()
    aside = replace(config, data=database.parent, database_url=staged)
    registry = PluginRegistry(config.data, only=config.plugins, safe=config.safe)
    registry.load()
    running = {each.name for each in registry.on}
    migrate.upgrade(aside, registry)
    for each in registry.found.values():
        if each.name in running and each.standing != "on":
            reason = _("The tables of the plugin %(name)s do not fit: %(why)s", name=each.name, why=each.reason)
            raise Fault(reason)


def pause_jobs(database: Path) -> None:
    """What was to be done when the backup was made may have been done since: a person looks first."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(PAUSED, (ALL, f"{now():%Y-%m-%d %H:%M:%S.%f}"))


def seal_anew(database: Path, keys: Sequence[str]) -> int:
    """Every secret by our key, with the keys that the backup brought; says how many none of them opens."""
    lost = 0
    with closing(sqlite3.connect(database)) as connection, connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for column in sealed_columns(there):
            table, name = column.table.name, column.name
            held = f'SELECT rowid, "{name}" FROM "{table}" WHERE "{name}" IS NOT NULL'  # noqa: S608 -- names of ours
            for row, sealed in connection.execute(held).fetchall():
                try:
                    anew = reseal(sealed, keys)
                except WrongKey:
                    lost += 1
                else:
                    connection.execute(f'UPDATE "{table}" SET "{name}" = ? WHERE rowid = ?', (anew, row))  # noqa: S608
    return lost
