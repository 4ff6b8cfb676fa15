"""Where the program keeps its rows: a new place for each measurement, and plain Huey beside it in the same kind."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from huey.api import Huey, PostgresHuey, SqliteHuey
from sqlalchemy import make_url

from tests import postgres_server

AS_INSTALLED = {"listen_addresses": "127.0.0.1"}


class Store(Protocol):
    name: str

    def new(self) -> str:
        """The address of an empty database; none where it is a file in the data folder."""

    def huey(self, data: Path) -> Huey:
        """Plain Huey with a store of its own."""


class Sqlite:
    name = "SQLite"

    def new(self) -> str:
        return ""

    def huey(self, data: Path) -> Huey:
        return SqliteHuey(filename=str(data / "plain.db"), results=False)


class Postgres:
    name = "PostgreSQL"

    def __init__(self, dsn: str) -> None:
        self._server = make_url(dsn)

    def new(self) -> str:
        return self._created("postgresql+psycopg")

    def huey(self, _data: Path) -> Huey:
        return PostgresHuey(dsn=self._created("postgresql"), results=False)

    def _created(self, driver: str) -> str:
        name = f"bench_{secrets.token_hex(4)}"
        with psycopg.connect(self._server.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._server.set(drivername=driver, database=name).render_as_string(hide_password=False)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server for as long as it is needed, as it is when it is installed."""
    with postgres_server.server(AS_INSTALLED) as dsn:
        yield Postgres(dsn)
