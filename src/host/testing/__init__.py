"""Fixtures for the tests of the host and of plugins, as `pytest_plugins = ["host.testing"]` in a `conftest.py`.

`app` is a migrated program on a new database with its context pushed, `client` a browser in which `owner` is signed
in, `board` a board of theirs. `travel(days=31)` moves the clock, `drain_jobs()` does the work that waits,
`live_server` is the address of the program as a real browser meets it.
`make_app(plugins=["mine"])` makes a program with just these plugins; override the fixture `plugins` to give them to
`app`. Tests use SQLite; override `database` to use another.
"""

from host.testing.client import Client, sign_in
from host.testing.database import Database, SqliteDatabase, migrated
from host.testing.fixtures import (
    account,
    anonymous,
    app,
    board,
    client,
    database,
    drain_jobs,
    make_app,
    member,
    owner,
    plugins,
    pool,
    sqlite,
    travel,
)
from host.testing.server import live_server

__all__ = [
    "Client",
    "Database",
    "SqliteDatabase",
    "account",
    "anonymous",
    "app",
    "board",
    "client",
    "database",
    "drain_jobs",
    "live_server",
    "make_app",
    "member",
    "migrated",
    "owner",
    "plugins",
    "pool",
    "sign_in",
    "sqlite",
    "travel",
]
