"""Which state a database is in: two looks that see the same have nothing written between them."""

import asyncio
import sqlite3
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

SNAPSHOT = text("SELECT CAST(pg_current_snapshot() AS text)")
AT_ONCE = 2  # looks into PostgreSQL
PATIENCE = 1.0  # seconds for one; a page is drawn in less


class Database(Protocol):
    async def now(self) -> Hashable | None:
        """None where it cannot be told; the page that is asked for will say what is the matter."""

    def close(self) -> None:
        """Let go of it; a look that is under way comes to its end first."""


class Sqlite:
    """SQLite counts for each connection what others commit; this one writes nothing. It takes a few microseconds, so
    the event loop itself looks. https://www.sqlite.org/pragma.html#pragma_data_version"""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.connection: sqlite3.Connection | None = None

    async def now(self) -> Hashable | None:
        try:
            self.connection = self.connection or self._opened()
            found: tuple[int] = self.connection.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:
            self.close()  # the next look begins anew
            return None
        return found[0]

    def _opened(self) -> sqlite3.Connection:
        address = f"{self.file.absolute().as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=0, check_same_thread=False)

    def close(self) -> None:
        if self.connection:
            self.connection.close()
            self.connection = None


class Postgres:
    """What a transaction that began now would see. The same snapshot sees the same rows.
    https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT

    It has connections and threads of its own: where those of the pages are all taken, one had better not wait here too.
    """

    def __init__(self, url: URL) -> None:
        self.threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="snapshot")
        self.engine = create_engine(
            url,
            isolation_level="AUTOCOMMIT",
            pool_size=AT_ONCE,
            max_overflow=0,
            hide_parameters=True,
            connect_args={"connect_timeout": 2, "tcp_user_timeout": 2000},  # s; ms; libpq takes no less than the first
        )
        event.listen(self.engine, "connect", _bound)

    async def now(self) -> Hashable | None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(PATIENCE):
                return await loop.run_in_executor(self.threads, self._asked)
        except (SQLAlchemyError, TimeoutError):
            return None

    def _asked(self) -> Hashable:
        with self.engine.connect() as connection:
            found: str = connection.execute(SNAPSHOT).scalar_one()
        return found

    def close(self) -> None:
        self.threads.shutdown(cancel_futures=True)
        self.engine.dispose()


def _bound(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """No look outlasts our patience by much: the end of the program waits for it."""
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"SET statement_timeout = {PATIENCE * 1000:.0f}")
    connection.commit()
