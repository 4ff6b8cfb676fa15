"""What a drawn page depends on, besides its request and the time: the database, and which plugins are well."""

from collections.abc import Hashable
from pathlib import Path

from flask import Flask

from host.db import db
from host.pagecache.database import Database, Postgres, Sqlite
from host.plugging import PluginRegistry


class State:
    """Of the running program."""

    def __init__(self, database: Database, plugins: PluginRegistry) -> None:
        self.database = database
        self.plugins = plugins

    async def now(self) -> Hashable | None:
        """Equal at two times only if a page drawn at the one is as good at the other; None where it cannot be told."""
        found = await self.database.now()
        try:
            return None if found is None else (found, self.plugins.condition)
        except OSError:
            return None

    def close(self) -> None:
        self.database.close()


def state_of(app: Flask) -> State:
    with app.app_context():
        url = db.engine.url
    database = Sqlite(Path(url.database or "")) if url.get_backend_name() == "sqlite" else Postgres(url)
    return State(database, app.extensions["fallow"].plugins)
