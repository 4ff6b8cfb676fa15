"""Migrations: the host's first, then each plugin's in isolation, each with a version table of its own.

On SQLite a copy of the file is made before anything changes. Migrations import no model.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, text

from host.clock import now
from host.db import prepare_sqlite
from host.errors import Fault
from host.i18n import _

if TYPE_CHECKING:
    from host.config import Config
    from host.plugging import PluginRegistry

log = logging.getLogger(__name__)

HOST = "host"
HOST_MIGRATIONS = Path(__file__).parent / "migrations"
COPIES_KEPT = 3
ADVISORY_LOCK = 7333


class Version(NamedTuple):
    """The revisions that the tables of the host or of a plugin are at, and those that this program would bring."""

    owner: str
    current: tuple[str, ...]
    known: tuple[str, ...]

    @property
    def newest(self) -> bool:
        return self.current == self.known


def upgrade(config: "Config", plugins: "PluginRegistry") -> None:
    """Bring the database to the newest version. A plugin whose migration fails is switched off with its traceback.

    Raises Fault when the host's own cannot be done: a newer database, no permission, a failed step.
    """
    with _engine(config) as engine, _alone(config, engine):
        if pending(engine, plugins):
            _copy(config)
        _upgrade_host(engine)
        for each in plugins.on:
            if each.declared.schema is not None:
                try:
                    _upgrade(engine, each.name, each.declared.schema.migrations)
                except (Exception, SystemExit) as error:  # noqa: BLE001 -- law 7
                    plugins.drop(each.name, _("Its migration failed; its tables are as they were."), error)


def pending(engine: Engine, plugins: "PluginRegistry") -> list[str]:
    """The owners whose tables are not at their newest version; one whose history is unknown is reported later."""
    return [version.owner for version in versions(engine, plugins) if not version.newest]


def versions(engine: Engine, plugins: "PluginRegistry") -> "list[Version]":
    """Where the tables of the host and of each plugin stand."""
    owners = {HOST: HOST_MIGRATIONS}
    owners |= {each.name: each.declared.schema.migrations for each in plugins.on if each.declared.schema}
    with engine.connect() as connection:
        return [
            Version(owner, tuple(current(connection, owner)), tuple(_script(folder).get_heads()))
            for owner, folder in owners.items()
        ]


def current(connection: Connection, owner: str) -> list[str]:
    """The revisions that the database is at, for the host or one plugin."""
    context = MigrationContext.configure(connection, opts={"version_table": version_table(owner)})
    return list(context.get_current_heads())


def version_table(owner: str) -> str:
    return "alembic_version" if owner == HOST else f"alembic_version_{owner}"


def _upgrade_host(engine: Engine) -> None:
    try:
        _upgrade(engine, HOST, HOST_MIGRATIONS)
    except CommandError as error:
        raise Fault(_("This database was made by a newer Fallow. Start that version, or restore an older copy.")) from error


def _upgrade(engine: Engine, owner: str, folder: Path) -> None:
    """All steps of one owner in one transaction (SQLite's DDL is transactional thanks to our explicit BEGIN)."""
    config = _config(folder)
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection, connection.begin():
        known = {revision.revision for revision in script.walk_revisions()}
        if set(current(connection, owner)) - known:
            raise CommandError(f"{owner}: the database is at a revision that this version does not have")
        environment = EnvironmentContext(config, script, fn=lambda at, _context: script._upgrade_revs("heads", at))  # type: ignore[arg-type, return-value]  # noqa: SLF001 -- what alembic's own upgrade command does
        with environment:
            environment.configure(
                connection=connection,
                version_table=version_table(owner),
                render_as_batch=True,
                target_metadata=None,
                transactional_ddl=True,
                transaction_per_migration=False,
            )
            environment.run_migrations()
        _check_foreign_keys(connection)


def _check_foreign_keys(connection: Connection) -> None:
    """Keys are off while tables are rebuilt (a rebuild would cascade), so what they guard is checked at the end."""
    if connection.dialect.name == "sqlite" and (row := connection.execute(text("PRAGMA foreign_key_check")).first()):
        raise RuntimeError(f"the migration would leave a dangling reference in {row[0]}")


def _script(folder: Path) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(folder))


def _config(folder: Path) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")  # paths may hold spaces and colons
    config.set_main_option("version_locations", str(folder).replace("%", "%%"))
    return config


@contextmanager
def _engine(config: "Config") -> Iterator[Engine]:
    engine = create_engine(config.database)
    if config.on_sqlite:
        prepare_sqlite(engine, foreign_keys=False)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _alone(config: "Config", engine: Engine) -> Iterator[None]:
    """Two programs that start together must not both upgrade."""
    if config.on_sqlite:
        with FileLock(config.data / "migrate.lock"):
            yield
        return
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": ADVISORY_LOCK})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": ADVISORY_LOCK})


def _copy(config: "Config") -> None:
    """A consistent copy of the SQLite file as it was, the newest three kept."""
    source = Path(config.database.removeprefix("sqlite:///"))
    if not config.on_sqlite or not source.exists() or not source.stat().st_size:
        return
    folder = config.data / "backups"
    folder.mkdir(exist_ok=True)
    target = folder / f"before-upgrade-{now():%Y%m%dT%H%M%S%f}.db"
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as copy:
        old.backup(copy)
    for surplus in sorted(folder.glob("before-upgrade-*.db"))[:-COPIES_KEPT]:
        surplus.unlink()


