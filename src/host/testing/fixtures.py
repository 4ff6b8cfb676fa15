"""The fixtures."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import Context
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from flask import Flask, has_app_context

from host import clock
from host.app import create_app
from host.config import Config
from host.db import db
from host.models import Account, Board, User
from host.testing.client import Client, sign_in
from host.testing.database import SECRET, Database, Plugins, SqliteDatabase
from host.testing.reuse import Pool, for_tests

MakeApp = Callable[..., Flask]


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabase:
    """New SQLite files."""
    return SqliteDatabase(tmp_path_factory.mktemp("migrated"))


@pytest.fixture
def database(sqlite: SqliteDatabase) -> Database:
    """Where `app` keeps its data. Override it to test on another."""
    return sqlite


@pytest.fixture
def plugins() -> Plugins:
    """The names of the plugins that `app` runs; None for all that are on by themselves."""
    return None


@pytest.fixture(scope="session")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """Programs that are used again."""
    pool = Pool(tmp_path_factory.mktemp("programs"))
    yield pool
    pool.close()


@pytest.fixture
def make_app(tmp_path: Path, database: Database, pool: Pool) -> Iterator[MakeApp]:
    """`make_app(plugins=["mine"])`: a program on a new database; the newest one's context is the one in force.

    `data` names its folder (a plugin may lie in its `plugins/`), any other setting of Config may be given too.
    With `database_url` the database is taken as it is.
    """

    def make(*, plugins: Plugins = None, **settings: Any) -> Flask:
        if has_app_context():
            db.session.commit()  # what another app's session holds would lock this one out
        if settings:
            return stack.enter_context(_open(_special(stack, database, tmp_path, plugins, settings)))
        return stack.enter_context(_open(_usual(stack, database, plugins, pool)))

    with ExitStack() as stack:
        yield make


def _usual(stack: ExitStack, database: Database, plugins: Plugins, pool: Pool) -> Flask:
    program = pool.take(database, plugins)
    stack.callback(pool.give_back, program, plugins)
    return program.app


def _special(stack: ExitStack, database: Database, folder: Path, plugins: Plugins, settings: dict[str, Any]) -> Flask:
    """One made for this test alone."""
    folder = settings.pop("data", None) or Path(mkdtemp(dir=folder))
    if "database_url" not in settings:
        settings["database_url"] = url = database.fresh(plugins, folder)
        stack.callback(database.drop, url)
    chosen = None if plugins is None else tuple(plugins)
    config = Config(data=folder, plugins=chosen, **{"secret_key": SECRET, "strict": True, **settings})
    app = for_tests(create_app(config, upgrade=plugins is None))
    with app.app_context():
        stack.callback(db.engine.dispose)
    return app


@pytest.fixture
def app(make_app: MakeApp, plugins: Plugins) -> Flask:
    """The program, its context pushed, on a new database without people."""
    return make_app(plugins=plugins)


@pytest.fixture
def owner(app: Flask) -> User:  # noqa: ARG001 -- its context
    """Ada, who opened the space."""
    user = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
    db.session.commit()
    return user


@pytest.fixture
def account(owner: User) -> Account:
    """The space called Meadow."""
    return owner.account


@pytest.fixture
def member(account: Account) -> User:
    """Ben, who is no admin."""
    user = User.join(account, name="Ben Hollow", email="ben@example.org")
    db.session.commit()
    return user


@pytest.fixture
def board(owner: User) -> Board:
    """A board of Ada's with two columns, open to all."""
    board = Board.create("Launch", by=owner, columns=["Writing", "Checking"])
    db.session.commit()
    return board


@pytest.fixture
def anonymous(app: Flask) -> Client:
    """A browser in which nobody is signed in."""
    client = app.test_client()
    assert isinstance(client, Client)  # noqa: S101 -- narrows the type
    client.trust()
    return client


@pytest.fixture
def client(anonymous: Client, owner: User) -> Client:
    """A browser in which Ada is signed in."""
    sign_in(anonymous, owner)
    return anonymous


@pytest.fixture
def travel() -> Iterator[Callable[..., None]]:
    """`travel(days=31, hours=2)` moves the clock for the rest of the test."""
    travelled = timedelta()

    def go(**by: float) -> None:
        nonlocal travelled
        travelled += timedelta(**by)
        clock.travel(timedelta(**by))

    yield go
    clock.travel(-travelled)


@pytest.fixture
def drain_jobs(app: Flask) -> Callable[[], int]:
    """`drain_jobs()` does all work that is due by now, as a worker would, and says how many jobs that were."""

    def drain() -> int:
        from host.jobs import drain as work

        db.session.commit()
        return Context().run(_within, app, work)

    return drain


def _within(app: Flask, work: Callable[[], int]) -> int:
    with app.app_context():
        return work()


@contextmanager
def _open(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
