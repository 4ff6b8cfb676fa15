"""The database: one set of models for SQLite and PostgreSQL, and a session that tells the house what it committed."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, cast
from weakref import WeakKeyDictionary

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Engine, Enum, Integer, MetaData, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, SessionTransaction, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from host.turns import Turns

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# SQLite's own 1,000 have it begin its log anew four times as often, and each time a commit waits for the disk while
# others wait for that commit.
CHECKPOINT_PAGES = 4000
BUSY_SECONDS = 10

# Named constraints let a migration drop them on SQLite, where a table is rebuilt.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite gives a rowid only to INTEGER; PostgreSQL needs the room.
Id = BigInteger().with_variant(Integer, "sqlite")
LARGEST = 2**63 - 1  # what a column of either database holds


class Moment(TypeDecorator[datetime]):
    """An aware UTC time with microseconds; SQLite stores it as sortable text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time is no moment")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(kinds: type[StrEnum]) -> Enum:
    """A column that holds one of a few words, as plain text on either database, and takes no other."""
    values = [kind.value for kind in kinds]
    return Enum(kinds, native_enum=False, length=20, validate_strings=True, values_callable=lambda _kinds: values)


class Base(DeclarativeBase):
    # Given as a registry, because Flask-SQLAlchemy copies this class and a second annotation map would be refused.
    registry = registry(metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: Moment})


class Session(FlaskSession):
    """A session whose commit is the one moment when the house acts on what was recorded.

    `before_commit` callbacks run inside the transaction (events reach plugins, jobs are written);
    `after_commit` callbacks run once it is durable (doorbells, live updates) and touch no database.
    """

    before_commit: ClassVar[list[Callable[["Session"], None]]] = []
    after_commit: ClassVar[list[Callable[["Session"], None]]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.noted: WeakKeyDictionary[SessionTransaction, dict[Any, Any]] = WeakKeyDictionary()
        self.is_lent = False

    def commit(self) -> None:
        self._require_outermost()
        for callback in self.before_commit:
            callback(self)
        super().commit()
        for callback in self.after_commit:
            callback(self)

    def rollback(self) -> None:
        self._require_outermost()
        super().rollback()
        self.info.clear()

    def close(self) -> None:
        super().close()
        self.info.clear()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """To a plugin that reads: within, the transaction cannot be ended. Raises RuntimeError at the end where a
        statement failed and PostgreSQL answers nothing more, although that was kept quiet."""
        before, self.is_lent = self.is_lent, True
        try:
            yield
            if self._is_spoilt():
                raise RuntimeError("a statement failed, and what follows in this transaction cannot be answered")
        finally:
            self.is_lent = before

    def _is_spoilt(self) -> bool:
        connection = self.connection()
        return connection.dialect.name == "postgresql" and is_spoilt(connection)

    def _require_outermost(self) -> None:
        """Plugins are asked in a savepoint, or lent the session; one that ended the transaction there would end it for
        all."""
        if self.in_nested_transaction() or self.is_lent:
            raise RuntimeError("a hook must neither commit nor roll back: what it writes is committed with the change")


db = SQLAlchemy(model_class=Base, session_options={"class_": Session})


@event.listens_for(Session, "after_transaction_create")
def _note(session: Session, began: SessionTransaction) -> None:
    """What was to be told and rung so far, so that a savepoint that is undone takes only its own share with it."""
    if began.nested:
        session.noted[began] = {key: copy(value) for key, value in session.info.items()}


@event.listens_for(Session, "after_soft_rollback")
def _unsay(session: Session, undone: SessionTransaction) -> None:
    if undone.nested and undone in session.noted:
        session.info.clear()
        session.info.update(session.noted[undone])


def session() -> Session:
    """The running context's session, as ours."""
    return cast("Session", db.session())


if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def init(app: Flask) -> None:
    """Bind the database to an app and teach SQLite connections our rules."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)


def prepare_sqlite(engine: Engine, *, foreign_keys: bool = True) -> None:
    """WAL, foreign keys and explicit BEGIN (so that savepoints and DDL are transactional)."""

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101 -- narrows the type
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        if connection.execute("PRAGMA page_count").fetchone() == (0,):
            connection.execute(
                "PRAGMA auto_vacuum = INCREMENTAL"
            )  # counts before the first table; takes the write lock
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    turns = Turns()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        _set_synchronous(connection, "FULL" if _durably.get() else "NORMAL")
        if only_reading():
            connection.exec_driver_sql("BEGIN")
            return
        turns.take(connection.info, BUSY_SECONDS)  # the very dictionary of its entry in the pool
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # other processes may be writing, so this may have to wait too

    @event.listens_for(engine, "checkin")
    def came_back(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        """Each does in the end, whatever happened: also to a thread that was interrupted while it waited."""
        turns.give(entry.info)


@contextmanager
def reading() -> Iterator[None]:
    """Outside of a request: transactions that begin here only read, and need not wait for SQLite's one writer."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def durably() -> Iterator[None]:
    """Transactions that begin here outlast a power cut from the moment of their commit, which takes SQLite longer. For
    what must be known before something is sent to the outside: others of the last seconds may be undone by a cut."""
    token = _durably.set(True)
    try:
        yield
    finally:
        _durably.reset(token)


def _set_synchronous(connection: Connection, wanted: str) -> None:
    """Before the transaction, since SQLite does not change it inside one. Each connection begins with NORMAL."""
    if connection.info.get("synchronous", "NORMAL") != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous = {wanted}")
        connection.info["synchronous"] = wanted


def is_spoilt(connection: Connection) -> bool:
    """Whether this transaction of PostgreSQL's answers nothing more: a statement failed in it."""
    from psycopg.pq import TransactionStatus

    driver: Any = connection.connection.driver_connection
    return driver.info.transaction_status is TransactionStatus.INERROR


def only_reading() -> bool:
    """Whether what begins here writes nothing.

    A transaction that reads first and writes later fails at once when another writer came between, and no busy time-out
    helps (SQLITE_BUSY_SNAPSHOT). So whoever may write takes the write lock from the start."""
    return _reading.get() or (has_request_context() and request.method in SAFE_METHODS)


_reading: ContextVar[bool] = ContextVar("reading", default=False)
_durably: ContextVar[bool] = ContextVar("durably", default=False)


def insert_ignoring(table: Any) -> Any:
    """INSERT … ON CONFLICT DO NOTHING on either database."""
    return upsert(table).on_conflict_do_nothing()


def upsert(table: Any) -> Any:
    """An INSERT that takes `on_conflict_do_update(…)`, on either database."""
    from sqlalchemy.dialects import postgresql, sqlite

    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
