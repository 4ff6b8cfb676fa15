"""Where Huey keeps its wake-ups. Nothing in there is ever missed: the table `job` is the truth."""

import re
import sqlite3
import threading
from importlib.util import find_spec
from typing import Any

from huey.api import Huey
from huey.storage import PostgresStorage, SqliteStorage
from sqlalchemy import URL, make_url

from host.addresses import database_address
from host.config import Config
from host.errors import Fault
from host.i18n import _

NAME = "fallow"
FILE = "huey.db"
ADVISORY_LOCK = 7334  # the one of migrate.py is 7333
MADE = re.compile(r"create (?:table|index) if not exists (\w+)")  # what a statement of Huey's makes
MISSING = "SELECT count(*) FROM unnest(%s::text[]) AS name WHERE to_regclass(name) IS NULL"


def huey_for(config: Config) -> Huey:
    """A file beside the SQLite database, or the same PostgreSQL, or what FALLOW_HUEY_URL names.

    Raises Fault when that cannot be used.
    """
    if config.on_sqlite and not config.huey_url:
        return _in_file(str(config.data / FILE))
    url = config.huey_url or config.database
    kind = url.partition(":")[0].partition("+")[0]
    if kind in ("redis", "rediss"):
        return _redis(url)
    if kind not in ("sqlite", "postgresql", "postgres"):
        raise Fault(_("FALLOW_HUEY_URL takes sqlite:///…, postgresql://… or redis://…, not “%(url)s”.", url=kind))
    address = make_url(database_address("huey_url", url, config.data))
    return _in_file(str(address.database)) if kind == "sqlite" else _postgres(address)


class LocalSqliteStorage(SqliteStorage):  # type: ignore[misc]
    """Wakes the threads of its own process at once, where Huey's would look again after a pause that grows to seconds;
    what other processes write is seen within `read_timeout`."""

    blocking = True

    def __init__(self, *args: Any, read_timeout: float = 1, **kwargs: Any) -> None:
        self._rung = threading.Condition()
        self._rings = 0
        self.read_timeout = read_timeout
        super().__init__(*args, **kwargs)

    def ring(self) -> None:
        """Let every thread look again."""
        with self._rung:
            self._rings += 1
            self._rung.notify_all()

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        super().enqueue(data, priority)
        self.ring()

    def dequeue(self) -> bytes | None:
        with self._rung:
            seen = self._rings
        data: bytes | None = super().dequeue()
        if data is None:
            with self._rung:
                if self._rings == seen:  # else something came while we looked
                    self._rung.wait(self.read_timeout)
        return data


class LocalSqliteHuey(Huey):  # type: ignore[misc]
    storage_class = LocalSqliteStorage


class ListeningPostgresStorage(PostgresStorage):  # type: ignore[misc]
    """Listens before it looks: of what comes between Huey's first look and its listening it would not hear, and as that
    still lies there nobody would ring again."""

    def dequeue(self) -> bytes | None:
        self._listen_conn()
        found: bytes | None = super().dequeue()
        return found

    def initialize_schema(self) -> None:
        """Only what is missing: CREATE INDEX IF NOT EXISTS waits for whoever writes to the table, be that a process
        whose machine sleeps. Of two that start together one waits, since IF NOT EXISTS does not hold against that."""
        with self.db(commit=True, close=True) as cursor:
            cursor.execute(MISSING, [MADE.findall(" ".join(self.ddl))])
            if cursor.fetchone()[0]:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
                for statement in self.ddl:
                    cursor.execute(statement)


class ListeningPostgresHuey(Huey):  # type: ignore[misc]
    storage_class = ListeningPostgresStorage


def _in_file(path: str) -> Huey:
    try:
        return LocalSqliteHuey(NAME, results=False, filename=path, timeout=10)
    except sqlite3.Error as error:
        raise Fault(_("Huey's file %(path)s cannot be used: %(error)s.", path=path, error=error)) from error


def _postgres(address: URL) -> Huey:
    import psycopg

    dsn = address.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        return ListeningPostgresHuey(NAME, results=False, dsn=dsn, table_prefix="huey")
    except psycopg.Error as error:
        said = " ".join(str(error).split()).rstrip(".")
        raise Fault(_("Huey's store in PostgreSQL cannot be used: %(error)s.", error=said)) from error


def _redis(url: str) -> Huey:
    if find_spec("redis") is None:
        raise Fault(_("A Redis in FALLOW_HUEY_URL needs the Python package “redis”: pip install 'fallow[redis]'."))
    from host.jobs.redis_store import redis_huey

    return redis_huey(NAME, url)
