"""Looking after SQLite's file while nobody needs it: its statistics, the room that removed rows left, its log."""

import sqlite3
import time
from contextlib import closing
from datetime import timedelta

from sqlalchemy import select

from host import Event, _, db, now, reading, task

QUIET = timedelta(minutes=2)  # since the last thing that anybody did
PAGES = 200  # that are given back in one transaction: a few milliseconds
WAIT = 20  # ms for the write lock; whoever has it is not to be kept from it
PAUSE = 0.01  # seconds between two steps, in which others write
LONGEST = 60.0  # seconds; the rest has its turn next time


@task("cleanup.upkeep")
def run() -> str:
    """Every hour, in small steps, and not at all while somebody is at work."""
    url = db.engine.url
    if db.engine.dialect.name != "sqlite" or url.database is None:
        return _("PostgreSQL looks after itself")
    if busy():
        return _("others are at work; next time")
    with closing(sqlite3.connect(url.database, timeout=WAIT / 1000, isolation_level=None)) as connection:
        try:
            return _said(tend(connection))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return _("others began to work; next time")


def busy() -> bool:
    """Whether somebody did something just now. Our own tasks that run each minute are no reason to wait."""
    with reading():
        last = db.session.scalar(select(Event.at).order_by(Event.id.desc()).limit(1))
        db.session.commit()
    return last is not None and now() - last < QUIET


def tend(connection: sqlite3.Connection) -> int:
    """Pages that were given back."""
    connection.execute("PRAGMA optimize")
    before = _free(connection)
    end = time.monotonic() + LONGEST
    while _free(connection) and time.monotonic() < end:
        left = _free(connection)
        connection.execute(f"PRAGMA incremental_vacuum({PAGES})").fetchall()  # a row for each step
        if _free(connection) >= left:
            break  # a file that was made without it
        time.sleep(PAUSE)
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # which waits for nobody, and keeps nobody waiting
    return before - _free(connection)


def _free(connection: sqlite3.Connection) -> int:
    pages: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
    return pages


def _said(pages: int) -> str:
    return _("%(n)s pages given back", n=pages) if pages else _("nothing to give back")
