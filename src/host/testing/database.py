"""New databases for tests: migrated once for each set of plugins, then copied, which is quicker by far."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from host.app import create_app
from host.config import Config
from host.db import db

Plugins = Sequence[str] | None  # None means all that are on by themselves

SECRET = "a key for tests only"  # noqa: S105
FILE = "fallow.db"


class Database(Protocol):
    """Where a test's data lies."""

    name: str

    def fresh(self, plugins: Plugins, folder: Path) -> str:
        """The address of a new database, migrated for these plugins; empty for the usual file in the folder."""

    def empty(self, folder: Path) -> str:
        """The address of a new database with nothing in it."""

    def close(self, engine: Engine) -> None:
        """Close what a test left open, as far as that must be done before the database can be made as new."""

    def renew(self, engine: Engine, plugins: Plugins, folder: Path) -> bool:
        """Make a database that came from `fresh` as new, for the same plugins and folder; False if it cannot be."""

    def drop(self, url: str) -> None:
        """Give up a database that a test has done with."""


@dataclass
class SqliteDatabase:
    """Copies of a file."""

    folder: Path
    name: str = "sqlite"
    _migrated: dict[tuple[str, ...] | None, Path] = field(default_factory=dict)

    def fresh(self, plugins: Plugins, folder: Path) -> str:
        key = None if plugins is None else tuple(plugins)
        if key not in self._migrated:
            data = self.folder / str(len(self._migrated))
            migrated(data, plugins=plugins)
            self._migrated[key] = data / FILE
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._migrated[key], folder / FILE)
        return ""

    def close(self, engine: Engine) -> None:
        """A file that is open cannot be replaced."""
        engine.dispose()

    def renew(self, engine: Engine, plugins: Plugins, folder: Path) -> bool:  # noqa: ARG002 -- the usual file
        self.fresh(plugins, folder)
        return True

    def empty(self, folder: Path) -> str:
        with suppress(FileNotFoundError):
            (folder / FILE).unlink()
        return ""

    def drop(self, url: str) -> None:
        """The test's folder goes as a whole."""


def migrated(data: Path, *, plugins: Plugins, database_url: str = "") -> None:
    """Bring a new database to the newest version."""
    given = Config(data=data, database_url=database_url, plugins=_given(plugins), secret_key=SECRET, strict=True)
    with create_app(given).app_context():
        db.engine.dispose()  # the last connection folds the write-ahead log into the file


def _given(plugins: Plugins) -> tuple[str, ...] | None:
    return None if plugins is None else tuple(plugins)
