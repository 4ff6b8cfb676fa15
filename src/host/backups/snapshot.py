"""The SQLite file at one moment: copied while others write, looked over, put in the place of the present one."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import file_digest
from pathlib import Path

from host.backups.manifest import NotABackup
from host.errors import Fault
from host.i18n import _

PATIENCE = 60.0  # seconds for others to end what they write
LOOK_AGAIN = 0.05
STEPS = 10  # in which a database is put in its place
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


def copy(source: Path, target: Path) -> None:
    """In one go, from one moment: in small steps it would begin anew whenever somebody writes. Nobody is kept from
    writing meanwhile, as the file has a log (WAL)."""
    with closing(sqlite3.connect(source)) as old, closing(_made(target)) as new:
        old.backup(new)


def put(source: Path, target: Path, first: Callable[[], None]) -> None:
    """Into the place of what `target` holds, in one transaction: a crash at any moment leaves the one or the other, and
    programs that have it open go on with the new. `first` runs within, when nobody else can write any more; whoever
    reads sees what was there. Raises Fault where others write without end, or the file is of another kind."""
    until = time.monotonic() + PATIENCE
    held = False

    def between(status: int, _remaining: int, _total: int) -> None:
        nonlocal held
        if status == sqlite3.SQLITE_OK and not held:
            held = True
            first()
        elif not held and time.monotonic() > until:
            raise Fault(_("Others write to the database without end. Stop Fallow, then restore."))

    with closing(sqlite3.connect(source)) as new, closing(sqlite3.connect(target, timeout=PATIENCE)) as present:
        present.execute("PRAGMA journal_mode = WAL")
        present.execute("PRAGMA synchronous = FULL")  # what was restored outlives a power cut
        if _pragma(new, "page_size") != _pragma(present, "page_size"):
            raise Fault(_("The database has pages of another size than the backup's."))
        # The first step takes the write lock, and must not be the last.
        step = max(1, _pragma(new, "page_count") // STEPS)
        new.backup(present, pages=step, progress=between, sleep=LOOK_AGAIN)


def counted(path: Path) -> Mapping[str, int]:
    """The rows of each table. Raises NotABackup for a file that is damaged, or no database."""
    with _looking(path) as connection:
        tables = [name for (name,) in connection.execute(TABLES)]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


def require_whole(path: Path) -> None:
    """Raises NotABackup for a file that is damaged, has rows that point nowhere, or is no database."""
    with _looking(path) as connection:
        [found] = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise NotABackup(_("The database in this backup is damaged."))


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@contextmanager
def _looking(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise NotABackup(_("The database in this backup is damaged.")) from error


def _made(target: Path) -> sqlite3.Connection:
    """For this user alone from its beginning."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return sqlite3.connect(target)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    number: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return number
