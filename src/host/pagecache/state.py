"""Which state the database is in: two looks that see the same have nothing written between them."""

import asyncio
import sqlite3
from collections.abc import Hashable
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from host.db import db

SNAPSHOT = text("SELECT CAST(pg_current_snapshot() AS text)")


class DatabaseState(Protocol):
    async def now(self) -> Hashable | None:
        """None where it cannot be told; the page that is asked for will say what is the matter."""

    def close(self) -> None:
        """Let go of the database."""


class SqliteState:
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
            return None
        return found[0]

    def _opened(self) -> sqlite3.Connection:
        address = f"{self.file.absolute().as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=0, check_same_thread=False)

    def close(self) -> None:
        if self.connection:
            self.connection.close()
            self.connection = None


class PostgresState:
    """What a transaction that began now would see. The same snapshot sees the same rows.
    https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT"""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def now(self) -> Hashable | None:
        return await asyncio.to_thread(self._asked)

    def _asked(self) -> Hashable | None:
        try:
            with self.engine.connect() as connection:
                found: str = connection.scalar(SNAPSHOT)
        except SQLAlchemyError:
            return None
        return found

    def close(self) -> None:
        """The pool is the program's."""


def state_of(app: Flask) -> DatabaseState:
    with app.app_context():
        engine = db.engine
    return SqliteState(Path(engine.url.database or "")) if engine.dialect.name == "sqlite" else PostgresState(engine)
