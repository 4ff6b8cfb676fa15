"""Programs that are used again by the next test, emptied: making one takes longer than most tests do."""

import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from host import jobs
from host.app import create_app
from host.config import Config
from host.db import db
from host.testing.client import Client
from host.testing.database import SECRET, Database
from host.testing.state import State, state_of
from host.testing.templates import COMPILED


@dataclass
class Program:
    """A migrated program without people."""

    app: Flask
    database: Database
    folder: Path
    url: str
    state: State

    @property
    def is_as_made(self) -> bool:
        """Whether nothing of it was changed by the test that had it."""
        return bool(state_of(self.app) == self.state)

    @property
    def engine(self) -> Engine:
        with self.app.app_context():
            return db.engine


@dataclass
class Pool:
    """Those that no test has at the moment, by their database and plugins."""

    folder: Path
    made: int = 0
    _free: dict[Any, list[Program]] = field(default_factory=lambda: defaultdict(list))

    def take(self, database: Database, plugins: Sequence[str] | None) -> Program:
        """One with these plugins (None: all that are on by themselves) on a database without data."""
        free = self._free[_key(database, plugins)]
        if free:
            return free.pop()
        self.made += 1
        folder = self.folder / str(self.made)
        url = database.fresh(plugins, folder)
        return Program(app := _make(folder, url, plugins), database, folder, url, state_of(app))

    def give_back(self, program: Program, plugins: Sequence[str] | None) -> None:
        """Have it emptied for the next; one that is no longer as it was made is thrown away."""
        engine = program.engine
        program.database.close(engine)
        program.app.extensions["fallow.jobs"].leave()
        _empty(program.folder)
        if program.is_as_made and program.database.renew(engine, plugins, program.folder):
            for_tests(program.app)
            program.app._got_first_request = False  # noqa: SLF001 -- a test may add pages, before it asks for the first
            self._free[_key(program.database, plugins)].append(program)
        else:
            engine.dispose()
            program.database.drop(program.url)
            shutil.rmtree(program.folder)

    def close(self) -> None:
        """End the connections of all that are free."""
        for program in chain.from_iterable(self._free.values()):
            program.engine.dispose()


def _make(folder: Path, url: str, plugins: Sequence[str] | None) -> Flask:
    chosen = None if plugins is None else tuple(plugins)
    config = Config(data=folder, plugins=chosen, database_url=url, secret_key=SECRET, strict=True)
    app = create_app(config, upgrade=plugins is None)
    if config.on_sqlite:
        with app.app_context():
            event.listen(db.engine, "connect", _trust_in_power)
    return for_tests(app)


def _trust_in_power(connection: Any, _record: Any) -> None:
    """What a test writes need not outlive a failure of the machine."""
    connection.execute("PRAGMA synchronous = OFF")


def for_tests(app: Flask) -> Flask:
    """The program as tests have it: a worker that nobody knows of yet and nobody wakes, for `drain_jobs` does its work;
    and templates that were compiled before."""
    app.testing = True
    jobs.init(app)
    app.extensions["fallow"].doorbell = None
    app.test_client_class = Client
    app.jinja_env.bytecode_cache = COMPILED
    return app


def _key(database: Database, plugins: Sequence[str] | None) -> Any:
    return database.name, None if plugins is None else tuple(plugins)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
