"""What SQLite and PostgreSQL say differently, said once: expressions for statements that change many rows."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    Dialect,
    Text,
    TypeDecorator,
    literal,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine


class Ids(TypeDecorator[Collection[int]]):
    """Numbers that travel as one value: a statement stays the same text however many there are, and no database bounds
    their number."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(BigInteger))

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        return json.dumps(list(value or ())) if dialect.name == "sqlite" else list(value or ())


def among(column: Any, ids: BindParameter[Collection[int]]) -> ColumnElement[bool]:
    """The column is one of these numbers, a parameter of the type `Ids`."""
    return _Among(column, ids)


def json_object(**values: ColumnElement[Any]) -> ColumnElement[Any]:
    """A JSON object made by the database. A moment becomes text by `iso`."""
    return _JsonObject(*(part for name, value in values.items() for part in (literal(name, Text), value)))


def json_list(*values: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """An aggregate: a JSON list of these values of each row, as lists, in no order. None or empty without any row."""
    return _JsonList(*values)


def iso(moment: Any) -> ColumnElement[str]:
    """A moment as text, the way Python's `isoformat` has it."""
    return _Iso(moment)


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> "_Among":  # noqa: ARG002
        """Without the "= 1" that SQLAlchemy adds to a function on SQLite: an index would be of no use."""
        return self


@compiles(_Among, "sqlite")
def _among_on_sqlite(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, ids = (compiler.process(part, **how) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 -- both were made by the compiler


@compiles(_Among, "postgresql")
def _among_on_postgresql(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, ids = (compiler.process(part, **how) for part in element.clauses)
    return f"{column} = ANY ({ids})"


class _JsonObject(FunctionElement[Any]):
    type = JSON()
    inherit_cache = True


class _JsonList(FunctionElement[Any]):
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


@compiles(_JsonList, "sqlite")
def _list_on_sqlite(element: _JsonList, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **how)}))"


@compiles(_JsonList, "postgresql")
def _list_on_postgresql(element: _JsonList, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_agg(json_build_array({compiler.process(element.clauses, **how)}))"


@compiles(_Iso, "sqlite")
def _iso_on_sqlite(element: _Iso, compiler: SQLCompiler, **how: Any) -> str:
    """Stored as "2026-11-22 02:59:08.000000", in UTC."""
    return f"replace(replace({compiler.process(element.clauses, **how)}, ' ', 'T'), '.000000', '') || '+00:00'"


@compiles(_Iso, "postgresql")
def _iso_on_postgresql(element: _Iso, compiler: SQLCompiler, **how: Any) -> str:
    stamp = f"to_char({compiler.process(element.clauses, **how)} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
    return f"replace({stamp}, '.000000', '') || '+00:00'"
