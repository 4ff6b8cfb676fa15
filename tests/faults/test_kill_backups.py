"""kill -9 while a backup is made and while one is restored: afterwards the old or the new state is there, whole."""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, text

from host.app import create_app
from host.backups import Shelf, back_up, restore, verify
from host.config import Config
from host.db import db
from host.files import File
from host.models import Account, Board
from tests.faults.conftest import FULL
from tests.postgres import PostgresTemplates

pytestmark = [pytest.mark.faults, pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")]

KILLS = 200 if FULL else 7
CARDS, FILES = 3000, 40
LARGE = 200_000  # bytes


class Installation:
    """One at which this process has nothing open but in `here`."""

    def __init__(self, data: Path, database_url: str = "") -> None:
        self.config = Config(data=data, database_url=database_url, plugins=(), secret_key="for tests only")

    def here(self, work: Callable[[], object]) -> object:
        app = create_app(self.config, upgrade=True)
        with app.app_context():
            try:
                return work()
            finally:
                db.session.remove()
                db.engine.dispose()

    def killed(self, work: Callable[[], object], after: float | None = None) -> bool:
        """Whether the process that did it was killed before its end: after so many seconds, or by itself."""
        child = os.fork()
        if child == 0:
            failed = 1
            try:
                self.here(work)
                failed = 0
            finally:
                os._exit(failed)
        if after is not None:
            time.sleep(after)  # the moment of the kill is the point of it
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it failed before it was killed"
        return os.WIFSIGNALED(status)

    def state(self) -> str:
        """The mark that all cards share; and all that belongs to them is there."""
        with closing(sqlite3.connect(self.config.data / "fallow.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            marks = connection.execute("SELECT description, count(*) FROM card GROUP BY description").fetchall()
            assert [count for _mark, count in marks] == [CARDS]
            contents = connection.execute("SELECT sha256, size FROM file").fetchall()
        for sha, size in contents:
            assert (self.config.data / "files" / sha[:2] / sha[2:4] / sha).stat().st_size == size
        return str(marks[0][0])


def fill() -> None:
    owner = Account.open("Meadow", owner_name="Ada Field", email="ada@example.org")
    board = Board.create("Launch", by=owner)
    first = board.add_card("Bake")
    db.session.commit()
    rows = [{"number": number} for number in range(10, 10 + CARDS - 1)]
    columns = "account_id, board_id, place, title, creator_id, created_at, last_active_at"
    copied = f"INSERT INTO card (number, description, {columns}) SELECT :number, '', {columns} FROM card WHERE id = :id"
    db.session.execute(text(copied), [{**row, "id": first.id} for row in rows])
    for number in range(FILES):
        File.keep(BytesIO(b"%d" % number * LARGE), f"{number}.txt", owner)
    mark("old")


def mark(word: str) -> None:
    db.session.execute(text("UPDATE card SET description = :word"), {"word": f"{word} {'x' * 200}"})
    db.session.commit()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    made = Installation(tmp_path / "data")
    made.here(fill)
    return made


def took(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def test_killed_while_a_backup_is_made(installation: Installation) -> None:
    whole = took(lambda: installation.here(back_up))
    killed = sum(installation.killed(back_up, random.uniform(0, whole)) for _ in range(KILLS))
    assert killed > KILLS // 3
    assert installation.state().startswith("old")

    def look() -> None:
        """What bears a backup's name is one, and the next leaves nothing unfinished."""
        for each in Shelf().all():
            assert verify(each.path).rows["card"] == CARDS
        back_up()

    installation.here(look)
    left = [path.name for path in installation.config.data.rglob("*") if ".part" in path.name or "scratch" in path.name]
    assert left == []


def test_killed_while_one_is_restored(installation: Installation, tmp_path: Path) -> None:
    """Back and forth between two states; the one that is not there is restored, and the process killed somewhere."""
    backups = {"old": tmp_path / "old.backup", "new": tmp_path / "new.backup"}
    installation.here(lambda: back_up(backups["old"]))
    installation.here(lambda: mark("new"))
    installation.here(lambda: back_up(backups["new"]))
    whole = took(lambda: installation.here(lambda: restore(backups["old"])))
    seen = {"old": 0, "new": 0, "killed": 0}
    for _ in range(KILLS):
        there = installation.state().split()[0]
        wanted = backups["new" if there == "old" else "old"]
        seen["killed"] += installation.killed(lambda wanted=wanted: restore(wanted), random.uniform(0.2, 1.1) * whole)
        seen[installation.state().split()[0]] += 1
    assert seen["killed"] > KILLS // 4, seen
    for word, path in backups.items():
        installation.here(lambda path=path: restore(path))
        assert installation.state().startswith(word)


@pytest.mark.parametrize("moment", ["before", "amid", "after"])
def test_killed_around_the_moment_that_decides(installation: Installation, tmp_path: Path, moment: str) -> None:
    from host.backups import snapshot

    made = tmp_path / "old.backup"
    installation.here(lambda: back_up(made))
    installation.here(lambda: mark("new"))
    put = snapshot.put

    def dying() -> None:
        def die(source: Path, target: Path, first: Callable[[], None]) -> None:
            first()
            if moment == "after":
                put(source, target, lambda: None)
            if moment == "amid":
                half_put(source, target)
            os.kill(os.getpid(), signal.SIGKILL)

        snapshot.put = die
        restore(made)

    assert installation.killed(dying)
    assert installation.state().startswith("old" if moment == "after" else "new")
    installation.here(lambda: restore(made))
    assert installation.state().startswith("old")


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["account", "card", "event", None])
def test_killed_while_one_is_restored_on_postgresql(
    postgres: PostgresTemplates, tmp_path: Path, table: str | None
) -> None:
    """When it comes to this table; with None just after it was done."""
    from host.backups import portable

    data, made = tmp_path / "data", tmp_path / "old.backup"
    installation = Installation(data, postgres.fresh((), data))
    installation.here(fill)
    installation.here(lambda: back_up(made))
    installation.here(lambda: mark("new"))
    carry = portable._carry

    def dying() -> None:
        def die(carried: Table, source: Connection, target: Connection) -> None:
            if target.dialect.name == "postgresql" and carried.name == table:
                os.kill(os.getpid(), signal.SIGKILL)
            carry(carried, source, target)

        portable._carry = die
        restore(made)
        os.kill(os.getpid(), signal.SIGKILL)

    assert installation.killed(dying)
    assert marks(installation) == {"new" if table else "old": CARDS}
    installation.here(lambda: restore(made))
    assert marks(installation) == {"old": CARDS}


def marks(installation: Installation) -> object:
    """How many cards have which."""

    def look() -> dict[str, int]:
        rows = db.session.execute(text("SELECT description, count(*) FROM card GROUP BY description"))
        return {mark.split()[0]: count for mark, count in rows}

    return installation.here(look)


def half_put(source: Path, target: Path) -> None:
    """Up to the middle of it."""

    def die(_status: int, remaining: int, total: int) -> None:
        if remaining < total // 2:
            os.kill(os.getpid(), signal.SIGKILL)

    with closing(sqlite3.connect(source)) as new, closing(sqlite3.connect(target)) as present:
        new.backup(present, pages=5, progress=die)
