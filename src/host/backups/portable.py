"""PostgreSQL's rows as a SQLite file, and back. So a backup is the same on either database, and what was made on one
can be restored on the other.

Values are carried as they are stored: secrets stay sealed, and JSON keeps its letters.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    URL,
    Connection,
    DateTime,
    Engine,
    Enum,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    cast,
    create_engine,
    func,
    insert,
    inspect,
    select,
    table,
    text,
    type_coerce,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from host.db import Model, Moment
from host.errors import Fault
from host.i18n import _
from host.sealing import Sealed

AT_ONCE = 1000  # rows
VERSIONS = "alembic_version"  # begins the names of the tables that each side keeps for itself
PATIENCE = "60s"  # for others to end what they do, before theirs is replaced
FORGET, REMEMBER = "DELETE FROM sqlite_sequence WHERE name = :name", "INSERT INTO sqlite_sequence VALUES (:name, :last)"
LAST_GIVEN = "SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass)"
GO_ON_FROM = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"

Rows = Sequence[dict[str, Any]]


def fetch(source: Connection, target: Path) -> None:
    """All rows that its transaction sees, into a file that has the tables and nothing in them. Raises Fault for rows of
    a plugin that is off: the file has no tables for them."""
    with _file(target) as file, file.begin():
        tables = _tables(file, source)
        _require_room(source, _of_plugins(source) - {table.name for table in tables})
        for table in tables:
            _carry(table, source, file)
        for table in _counting(tables):
            last = source.scalar(text(LAST_GIVEN), {"name": _quoted(source, table)})
            file.execute(text(FORGET), {"name": table.name})
            file.execute(text(REMEMBER), {"name": table.name, "last": last or 0})


def bring(source: Path, target: Engine, first: Callable[[Connection], None]) -> None:
    """All rows of the file in the place of those that are there, in one transaction. `first` runs within, when nobody
    else can read or write any more. Raises Fault for rows of a plugin that is off here."""
    with _file(source) as file, target.connect() as connection, connection.begin(), file.begin():
        tables = _tables(file, connection)
        _require_room(file, _named(file) - {table.name for table in tables})
        # No CASCADE, which would empty what others have made beside ours. Those of plugins that are off are empty.
        names = {table.name for table in tables} | _of_plugins(connection)
        quoted = ", ".join(map(connection.dialect.identifier_preparer.quote, sorted(names)))
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        # What TRUNCATE takes: a lesser lock first would meet whoever has read and is about to write.
        connection.execute(text(f"LOCK TABLE {quoted} IN ACCESS EXCLUSIVE MODE"))
        first(connection)
        connection.execute(text(f"TRUNCATE {quoted}"))
        for table in tables:
            _carry(table, file, connection)
        for table in tables:
            if (last := _last_id(table, file)) is not None:
                connection.execute(text(GO_ON_FROM), {"name": _quoted(connection, table), "last": last})


def _tables(file: Connection, postgres: Connection) -> Sequence[Table]:
    """Those that both sides have, each after what it refers to. A plugin may have some that no model tells of."""
    both = _named(file) & _named(postgres)
    known = [table for table in Model.metadata.sorted_tables if table.name in both]
    others = both - {table.name for table in known}
    reflected = MetaData()
    reflected.reflect(postgres, only=sorted(others)) if others else None
    return [*known, *(table for table in reflected.sorted_tables if table.name in others)]


def _named(connection: Connection) -> set[str]:
    return {name for name in inspect(connection).get_table_names() if not name.startswith(VERSIONS)}


def _of_plugins(connection: Connection) -> set[str]:
    """Also of those that are off. Others may have tables beside ours, such as Huey."""
    there = inspect(connection).get_table_names()
    owners = tuple(f"{name.removeprefix(f'{VERSIONS}_')}_" for name in there if name.startswith(f"{VERSIONS}_"))
    return {name for name in there if name.startswith(owners)} if owners else set()


def _require_room(connection: Connection, homeless: Iterable[str]) -> None:
    for name in sorted(homeless):
        if connection.execute(select(text("1")).select_from(table(name)).limit(1)).first() is not None:
            reason = _("The table %(name)s belongs to a plugin that is off. Switch that on first, or use pg_dump.")
            raise Fault(reason % {"name": name})


def _carry(table: Table, source: Connection, target: Connection) -> None:
    bare = {column.name: _bare(column.type) for column in table.columns}
    asked = [
        (cast(column, Text) if isinstance(column.type, JSON) else type_coerce(column, bare[column.name])).label(
            f"v_{column.name}"
        )
        for column in table.columns
    ]
    given = {column.name: _given(column.name, column.type, bare, target) for column in table.columns}
    for rows in _batches(source, select(*asked)):
        target.execute(insert(table).values(given), rows)


def _given(name: str, kind: TypeEngine[Any], bare: Mapping[str, TypeEngine[Any]], target: Connection) -> Any:
    value = bindparam(f"v_{name}", type_=bare[name])
    return cast(value, JSON) if isinstance(kind, JSON) and target.dialect.name == "postgresql" else value


def _batches(source: Connection, asked: Any) -> Iterator[Rows]:
    answer = source.execute(asked, execution_options={"stream_results": True})
    for rows in answer.mappings().partitions(AT_ONCE):
        yield [dict(row) for row in rows]


def _bare(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """What lies in the database, without what models make of it."""
    if isinstance(kind, (JSON, Sealed)):
        return Text()
    if isinstance(kind, Enum):
        return String()
    if isinstance(kind, DateTime) and kind.timezone:
        return Moment()
    return _bare(kind.impl_instance) if isinstance(kind, TypeDecorator) and not isinstance(kind, Moment) else kind


def _counting(tables: Collection[Table]) -> Sequence[Table]:
    """Those whose ids are never given again, on SQLite as well."""
    return [table for table in tables if table.dialect_options["sqlite"].get("autoincrement")]


def _last_id(table: Table, file: Connection) -> int | None:
    """The highest that was given; None for a table that has no such column or no row."""
    if "id" not in table.columns or table.columns["id"].autoincrement is False:
        return None
    highest: int | None = file.scalar(select(func.max(table.columns["id"])))
    kept = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    given = file.scalar(kept, {"name": table.name}) if table in _counting([table]) else None
    return max(highest or 0, given or 0) or None


def _quoted(connection: Connection, table: Table) -> str:
    return connection.dialect.identifier_preparer.quote(table.name)


@contextmanager
def _file(path: Path) -> Iterator[Connection]:
    engine = create_engine(URL.create("sqlite", database=str(path)))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
