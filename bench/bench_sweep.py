"""How long the sweep takes to rest stale cards, beside the same change as three bare SQL statements on the same file.

Each round begins with a copy of one file. "bell" adds the notifications plugin, which tells each watcher and assignee.
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from clock import seconds
from field import boards, cards, folder, program, space
from table import Row

from host.clock import now
from host.jobs.foreground import run_here

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 3
BOARDS = 10
PERIOD_DAYS = 30

# What the sweep writes for its cards: their place, when and by whom they were rested, and the line in the log.
STALE = "place IN ('maybe', 'column') AND last_active_at <= :stale"
STATEMENTS = (
    f"""INSERT INTO event (kind, account_id, board_id, card_id, creator_id, automatic, at, particulars)
        SELECT 'card_auto_postponed', account_id, board_id, id, :owner, 1, :now,
               json_object('column_id', column_id, 'last_active_at', last_active_at, 'sweep', :now)
        FROM card WHERE {STALE}""",
    f"INSERT INTO postponement (card_id, creator_id, automatic, at) SELECT id, :owner, 1, :now FROM card WHERE {STALE}",
    f"""UPDATE card SET place = 'not_now', column_id = NULL, activity_spike_at = NULL, last_active_at = :now
        WHERE {STALE}""",
)
COUNTS = (
    "SELECT count(*) FROM card WHERE place = 'not_now'",
    "SELECT count(*) FROM postponement",
    "SELECT count(*) FROM event WHERE kind = 'card_auto_postponed'",
)


def measure() -> list[Row]:
    return [_row(size) for size in SIZES]


def _row(size: int) -> Row:
    with folder() as stale:
        with program(stale):
            cards(boards(space(), BOARDS), size, days_ago=(PERIOD_DAYS + 1, 90), at=now())
        bare = _rounds(stale, size, _bare)
        ours = _rounds(stale, size, lambda data: _swept(data, ("entropy",)))
        told = _rounds(stale, size, lambda data: _swept(data, ("entropy", "notifications")))
    return {
        "cards": size,
        "SQL, s": bare,
        "sweep, s": ours,
        "ratio": ours / bare,
        "with bell, s": told,
        "ratio with bell": told / bare,
        "cards a second": round(size / told),
    }


def _rounds(stale: Path, size: int, work: Callable[[Path], float]) -> float:
    """The median of some rounds, each on a copy, each checked to have changed just what it should."""
    times = []
    for _round in range(ROUNDS):
        with folder() as data:
            shutil.copytree(stale, data, dirs_exist_ok=True)
            times.append(work(data))
            with closing(sqlite3.connect(data / "fallow.db")) as connection:
                assert [connection.execute(count).fetchone()[0] for count in COUNTS] == [size] * len(COUNTS)
    return median(times)


def _bare(data: Path) -> float:
    with closing(sqlite3.connect(data / "fallow.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        at = datetime.now(UTC).replace(tzinfo=None)
        stale = at.timestamp() - PERIOD_DAYS * 86400
        owner = connection.execute("SELECT id FROM user WHERE role = 'owner'").fetchone()[0]
        values = {"owner": owner, "now": str(at), "stale": str(datetime.fromtimestamp(stale))}  # noqa: DTZ006
        return seconds(lambda: _in_one_transaction(connection, values))


def _in_one_transaction(connection: sqlite3.Connection, values: dict[str, object]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in STATEMENTS:
        connection.execute(statement, values)
    connection.execute("COMMIT")


def _swept(data: Path, plugins: tuple[str, ...]) -> float:
    with program(data, plugins) as app:
        app.extensions["fallow"].doorbell = None  # its first ring imports Huey, which is no part of a sweep
        return seconds(lambda: run_here("entropy.sweep", while_waiting=lambda: None))
