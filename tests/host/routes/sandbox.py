"""A database that is the same for each of thousands of requests, without being made anew."""

import re
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, NestedTransaction, event

from host.db import db

WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|WITH\b.*\b(?:INSERT INTO|DELETE FROM|UPDATE \S+ SET)\b)", re.DOTALL)

# What is counted although it is refused: that it was tried.
BOOKS = re.compile(r"\b(sign_in_tries|request_key)\b")


class Sandbox:
    """While it is entered, all sessions share one connection: a commit is the release of a savepoint, and `renew` goes
    back to what there was at first. `written` are the statements since then that changed something for good."""

    def __init__(self) -> None:
        self._levels: list[list[str]] = [[]]

    @property
    def written(self) -> list[str]:
        return [statement for statement in self._levels[0] if not BOOKS.search(statement)]

    def renew(self) -> None:
        self._start.rollback()
        self._start = self._connection.begin_nested()
        self._levels = [[]]

    def __enter__(self) -> Self:
        db.session.commit()
        db.session.remove()
        self._engine = db.engine
        self._connection: Connection = self._engine.connect()
        self._whole = self._connection.begin()
        self._start: NestedTransaction = self._connection.begin_nested()
        db.engines[None] = self._connection  # type: ignore[assignment]  # a session takes either
        event.listen(self._connection, "before_cursor_execute", self._execute)
        event.listen(self._connection, "savepoint", self._begin)
        event.listen(self._connection, "release_savepoint", self._keep)
        event.listen(self._connection, "rollback_savepoint", self._undo)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        db.session.remove()
        db.engines[None] = self._engine
        self._whole.rollback()
        self._connection.close()

    def _execute(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if WRITES.match(statement):
            self._levels[-1].append(statement)

    def _begin(self, _connection: Any, _name: str) -> None:
        self._levels.append([])

    def _keep(self, _connection: Any, _name: str, _context: Any) -> None:
        kept = self._levels.pop()
        self._levels[-1] += kept

    def _undo(self, _connection: Any, _name: str, _context: Any) -> None:
        if len(self._levels) > 1:  # not where `renew` goes back to the start
            self._levels.pop()
