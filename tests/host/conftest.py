"""What the host's tests share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from host.db import db
from tests import programs
from tests.programs import Program


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
