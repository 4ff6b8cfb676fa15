"""What SQLite and PostgreSQL say differently, said once: expressions for statements that change many rows."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, JSON, BigInteger, ColumnElement, Text, any_, bindparam, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from host.db import db


def among(column: Any, ids: Collection[int]) -> ColumnElement[bool]:
    """The column is one of these numbers. They travel as one value: statements stay the same text however many there
    are, and no database bounds their number."""
    if db.session.get_bind().dialect.name == "sqlite":
        # Its name is given once: left to SQLAlchemy, each call would be a statement of its own for its cache.
        each = func.json_each(bindparam(None, json.dumps(list(ids)), Text)).table_valued("value", name="chosen")
        return column.in_(select(each.c.value))  # type: ignore[no-any-return]
    return column == any_(bindparam(None, list(ids), ARRAY(BigInteger)))  # type: ignore[no-any-return]


def json_object(**values: Any) -> ColumnElement[Any]:
    """A JSON object made by the database, out of columns and plain values. A moment becomes text as ISO 8601 has it."""
    return _JsonObject(*(part for name, value in values.items() for part in (literal(name, Text), _part(value))))


def iso(moment: Any) -> ColumnElement[str]:
    """A moment as text, the way Python's `isoformat` has it."""
    return _Iso(moment)


def _part(value: Any) -> ColumnElement[Any]:
    if isinstance(value, ColumnElement) or hasattr(value, "__clause_element__"):
        return value  # type: ignore[no-any-return]
    return literal(value, Text) if isinstance(value, str) else literal(value)


class _JsonObject(FunctionElement[Any]):
    type = JSON()
    inherit_cache = True


class _Iso(FunctionElement[str]):
    type = Text()
    inherit_cache = True


@compiles(_JsonObject, "sqlite")
def _object_on_sqlite(element: _JsonObject, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_object({compiler.process(element.clauses, **how)})"


@compiles(_JsonObject, "postgresql")
def _object_on_postgresql(element: _JsonObject, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_build_object({compiler.process(element.clauses, **how)})"


@compiles(_Iso, "sqlite")
def _iso_on_sqlite(element: _Iso, compiler: SQLCompiler, **how: Any) -> str:
    """Stored as "2026-11-22 02:59:08.000000", in UTC."""
    return f"replace(replace({compiler.process(element.clauses, **how)}, ' ', 'T'), '.000000', '') || '+00:00'"


@compiles(_Iso, "postgresql")
def _iso_on_postgresql(element: _Iso, compiler: SQLCompiler, **how: Any) -> str:
    stamp = f"to_char({compiler.process(element.clauses, **how)} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
    return f"replace({stamp}, '.000000', '') || '+00:00'"
