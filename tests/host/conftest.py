"""What the host's tests share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select, event

from host.db import db
from host.jobs import Periodic, Subscription, Task
from host.plugging import Loaded
from host.plugging.checks import Declared
from host.plugging.plugin import Plugin
from tests import programs
from tests.programs import Program

Declare = Callable[..., None]


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., Program]]:
    """`start("serve", "--port", "0")`: the program as a process of its own, ended with the test."""
    begun: list[Program] = []

    def one(*arguments: str, **environment: str) -> Program:
        begun.append(programs.begin(*arguments, data=data, number=len(begun), **environment))
        return begun[-1]

    yield one
    for each in begun:
        each.process.kill()
        each.process.wait()


@pytest.fixture
def statements(app: Flask) -> Callable[..., AbstractContextManager[list[str]]]:
    """`with statements() as seen:` lists the SQL that the database was asked."""

    @contextmanager
    def watch() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection, _cursor, statement, _parameters, _context, _many):  # type: ignore[no-untyped-def]
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        yield seen
        event.remove(db.engine, "before_cursor_execute", note)

    return watch


@pytest.fixture
def plan(app: Flask) -> Callable[[Select[Any]], str]:
    """`plan(query)`: how SQLite would go about it, a line a step."""

    def told(query: Select[Any]) -> str:
        def explain(_connection, _cursor, statement, parameters, _context, _many):  # type: ignore[no-untyped-def]
            return f"EXPLAIN QUERY PLAN {statement}", parameters

        connection = db.session.connection()
        event.listen(db.engine, "before_cursor_execute", explain, retval=True)
        rows = connection.execute(query).cursor.fetchall()
        event.remove(db.engine, "before_cursor_execute", explain)
        return "\n".join(row[-1] for row in rows)

    return told


@pytest.fixture
def declare(app: Flask) -> Iterator[Declare]:
    """`declare(task, …)`: the plugin `probe` is on and registers just these; without any it is off. With `jobs_at_once`
    it may run no more than so many."""

    def registered(*tasks: Task | Periodic | Subscription, jobs_at_once: int | None = None) -> None:
        standing = "on" if tasks else "off"
        plugin = Plugin("probe", title="Probe", jobs_at_once=jobs_at_once)
        declared = Declared(tasks=tasks)
        found["probe"] = Loaded("probe", "probe", "folder", standing=standing, plugin=plugin, declared=declared)

    found = app.extensions["fallow"].plugins.found
    yield registered
    found.pop("probe", None)
