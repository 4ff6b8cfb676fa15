"""Migrations: the host's first, then each plugin's in isolation, each with a version table of its own.

On SQLite a copy of the file is made before anything changes. Migrations import no model.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from host.copies import copy_before_upgrade, keep
from host.db import prepare_sqlite, reading
from host.errors import Fault
from host.i18n import _

if TYPE_CHECKING:
    from host.config import Config
    from host.plugging import Loaded, PluginRegistry

log = logging.getLogger(__name__)

HOST = "host"
HOST_MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 7333


class Newer(Fault):
    """The tables are at a version that this program does not know."""


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
    with _usable(config), _engine(config) as engine:
        if not pending(engine, plugins):
            return
        with _alone(config, engine):
            if late := pending(engine, plugins):  # again: another program may have done it while we waited
                with _copied(config, engine, late):
                    _upgrade_host(engine)
                    _upgrade_plugins(engine, plugins, late)


def pending(engine: Engine, plugins: "PluginRegistry") -> list[str]:
    """The owners whose tables are not at the version of this program."""
    return [version.owner for version in versions(engine, plugins) if not version.newest]


def versions(engine: Engine, plugins: "PluginRegistry") -> list[Version]:
    """Where the tables of the host and of each plugin stand; a plugin whose steps cannot be read is switched off."""
    known = {HOST: _heads(HOST_MIGRATIONS)}
    for each in _with_tables(plugins):
        try:
            known[each.name] = _heads(_folder(each))
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- law 7
            plugins.drop(each.name, _("Its migrations cannot be read"), error)
    with reading(), engine.connect() as connection:
        return [Version(owner, current(connection, owner), heads) for owner, heads in known.items()]


def current(connection: Connection, owner: str) -> tuple[str, ...]:
    """The revisions that the database is at, for the host or one plugin."""
    context = MigrationContext.configure(connection, opts={"version_table": version_table(owner)})
    return tuple(sorted(context.get_current_heads()))


def rehearse(config: "Config", each: "Loaded") -> None:
    """Take a plugin's steps and undo them. Raises what goes wrong."""
    with _engine(_with_a_database(config)) as engine, engine.connect() as connection, connection.begin() as transaction:
        if not current(connection, HOST):
            _take_steps(connection, HOST, HOST_MIGRATIONS)
        _take_steps(connection, each.name, _folder(each))
        transaction.rollback()


def _with_a_database(config: "Config") -> "Config":
    """Before the first start there is no file yet, and looking must not make one."""
    missing = config.on_sqlite and not config.database_url and not (config.data / "fallow.db").exists()
    return replace(config, database_url="sqlite://") if missing else config


def version_table(owner: str) -> str:
    return "alembic_version" if owner == HOST else f"alembic_version_{owner}"


def _upgrade_host(engine: Engine) -> None:
    try:
        _upgrade(engine, HOST, HOST_MIGRATIONS)
    except Newer as error:
        newer = _("This database was made by a newer Fallow. Start that version, or restore an older copy.")
        raise Fault(newer) from error


def _upgrade_plugins(engine: Engine, plugins: "PluginRegistry", late: list[str]) -> None:
    for each in _with_tables(plugins):
        if each.name in late:
            try:
                _upgrade(engine, each.name, _folder(each), prefix=f"{each.name}_")
            except (Exception, SystemExit) as error:  # noqa: BLE001 -- law 7
                plugins.drop(each.name, _("Its migration failed, and its tables are as they were"), error)


def _upgrade(engine: Engine, owner: str, folder: Path, prefix: str = "") -> None:
    """All steps of one owner in one transaction (SQLite's DDL is transactional thanks to our explicit BEGIN)."""
    log.info("upgrading the tables of %s", owner)
    with engine.connect() as connection, connection.begin():
        before = _shapes(connection)
        _take_steps(connection, owner, folder)
        _check_foreign_keys(connection)
        if prefix:
            _check_tables(before, _shapes(connection), prefix, version_table(owner))


def _take_steps(connection: Connection, owner: str, folder: Path) -> None:
    """Raises Newer for a version that the folder does not have."""
    config = _config(folder)
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    if not known.issuperset(current(connection, owner)):
        raise Newer(_("Its tables were made by a newer version of it. Install that version; what they hold is kept."))
    steps = lambda at, _context: script._upgrade_revs("heads", at)  # noqa: E731, SLF001 -- as alembic's own upgrade command does
    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(
            connection=connection,
            version_table=version_table(owner),
            render_as_batch=True,
            target_metadata=None,
            transactional_ddl=True,
            transaction_per_migration=False,
        )
        environment.run_migrations()


def _check_foreign_keys(connection: Connection) -> None:
    """Keys are off while tables are rebuilt (a rebuild would cascade), so what they guard is checked at the end."""
    if connection.dialect.name == "sqlite" and (row := connection.execute(text("PRAGMA foreign_key_check")).first()):
        raise RuntimeError(f"the migration would leave a dangling reference in {row[0]}")


Shapes = Mapping[str, frozenset[str]]


def _shapes(connection: Connection) -> Shapes:
    """The columns of each table."""
    columns = inspect(connection).get_multi_columns()
    return {table: frozenset(column["name"] for column in found) for (_schema, table), found in columns.items()}


def _check_tables(before: Shapes, after: Shapes, prefix: str, own: str) -> None:
    """Names are guards: a plugin makes, changes and drops tables of its own name only."""
    changed = {table for table in before.keys() | after.keys() if before.get(table) != after.get(table)}
    if foreign := sorted(table for table in changed if table != own and not table.startswith(prefix)):
        raise Fault(_("Its migration changes the table %(table)s, which is not the plugin's.", table=foreign[0]))


def _with_tables(plugins: "PluginRegistry") -> "list[Loaded]":
    return [each for each in plugins.on if each.declared.schema is not None]


def _folder(each: "Loaded") -> Path:
    assert each.declared.schema is not None  # noqa: S101 -- narrows the type
    return each.declared.schema.migrations


def _heads(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(ScriptDirectory.from_config(_config(folder)).get_heads()))


def _config(folder: Path) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")  # paths may hold spaces and colons
    config.set_main_option("version_locations", str(folder).replace("%", "%%"))
    return config


@contextmanager
def _usable(config: "Config") -> Iterator[None]:
    """Turn what the database says into one line."""
    try:
        yield
    except DBAPIError as error:
        said = " ".join(str(error.orig).split()).rstrip(".")
        log.debug("the database cannot be used", exc_info=error)
        where = make_url(config.database).database if config.on_sqlite else _("PostgreSQL")
        raise Fault(_("The database (%(where)s) cannot be used: %(error)s.", where=where, error=said)) from error


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
def _copied(config: "Config", engine: Engine, late: list[str]) -> Iterator[None]:
    """A copy from before, kept if anything was upgraded. Starts that come to nothing, such as those of a plugin whose
    migration fails each time, must not drive out the copies of real upgrades."""
    before = _standing(engine, late)
    copy = copy_before_upgrade(config)
    try:
        yield
    finally:
        if copy and _standing(engine, late) == before:
            copy.unlink()
        elif copy:
            keep(copy)


def _standing(engine: Engine, owners: list[str]) -> list[tuple[str, ...]]:
    with reading(), engine.connect() as connection:
        return [current(connection, owner) for owner in owners]


@contextmanager
def _alone(config: "Config", engine: Engine) -> Iterator[None]:
    """Two programs that start together must not both upgrade."""
    if config.on_sqlite:
        with FileLock(config.data / "migrate.lock"):
            yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": ADVISORY_LOCK})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": ADVISORY_LOCK})
