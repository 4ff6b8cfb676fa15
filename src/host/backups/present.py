"""The database that this installation has now, of either sort: what a backup copies and a restore replaces."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from flask import current_app
from sqlalchemy import Connection, make_url

from host.backups import portable, snapshot, staging
from host.config import Config
from host.db import db
from host.errors import Fault
from host.i18n import _

Copy = Callable[[Path], None]  # into a SQLite file that is not there yet


class Present(Protocol):
    """`where` is how people know it."""

    where: str

    def copy(self, target: Path) -> None:
        """As it is at one moment, into a SQLite file that is not there yet."""

    def put(self, source: Path, first: Callable[[Copy], None]) -> None:
        """Into its place, in one transaction. `first` gets what copies the present state, at a moment from which on
        nobody else can write."""


class SqliteFile:
    def __init__(self, file: Path) -> None:
        self.file, self.where = file, str(file)

    def copy(self, target: Path) -> None:
        snapshot.copy(self.file, target)

    def put(self, source: Path, first: Callable[[Copy], None]) -> None:
        snapshot.put(source, self.file, lambda: first(self.copy))


class Postgres:
    where = "PostgreSQL"

    def copy(self, target: Path) -> None:
        with db.engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ")  # one moment
            with connection.begin():
                _fetch(connection, target)

    def put(self, source: Path, first: Callable[[Copy], None]) -> None:
        portable.bring(source, db.engine, lambda connection: first(partial(_fetch, connection)))


def _fetch(connection: Connection, target: Path) -> None:
    staging.upgrade(_config(), target)
    portable.fetch(connection, target)


def present() -> Present:
    """Raises Fault for a database in memory."""
    if not on_sqlite():
        return Postgres()
    name = make_url(_config().database).database
    if not name:
        raise Fault(_("A database in memory cannot be backed up."))
    return SqliteFile(Path(name))


def on_sqlite() -> bool:
    return _config().on_sqlite


def _config() -> Config:
    config: Config = current_app.extensions["fallow"].config
    return config
