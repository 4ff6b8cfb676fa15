"""How long the sweep takes to rest stale cards, beside the same rows written by bare SQL in the same batches.

Each round begins with a copy of one file, and has both after one another. The floor finds the same cards in the same
way and writes what the sweep writes: the cards, when and by whom they were rested, the log, what the run remembers for
its undo, and the job that tells people; as many batches, and the same pause after each. What it leaves out: the sign of
life of the job, and the messages to open pages. "locked, ms" is the longest time for which another process found the
write lock taken, in a round of its own; "without disk" is the same with the data in memory, since a disk that is busy
with something else may keep one commit waiting for as long as it likes. A * marks a look during which a virtual
machine's processors were away, lent to another one, for a twentieth of the time or more: the longest of two thousand
short times then says more of the neighbours than of us.
"""

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from clock import seconds
from facts import processors, stolen
from field import boards, cards, folder, program, space
from sqlalchemy import event
from table import Row
from watch import watching

from host.clock import now
from host.db import CHECKPOINT_PAGES, db
from host.jobs.foreground import run_here
from host.jobs.run import PAUSE

ROUNDS = {1_000: 3, 10_000: 3, 100_000: 3, 1_000_000: 1}
BOARDS = 10
PERIOD = timedelta(days=30)
MEMORY = Path("/dev/shm")
LOOKS = 5
DISTURBED = 0.05
PLUGINS = ("entropy", "notifications")

THESE = "WHERE id IN (SELECT value FROM json_each(:ids))"
STALE = """SELECT id FROM card
           WHERE place IN ('maybe', 'column') AND board_id IN (SELECT id FROM board) AND last_active_at <= :stale"""
STILL = f"SELECT id FROM card {THESE} AND place IN ('maybe', 'column') AND last_active_at <= :stale"
BEGUN = "INSERT INTO entropy_run (account_id, at, cards, put_back) SELECT id, :now, 0, 0 FROM account RETURNING id"
RUN = "UPDATE entropy_run SET cards = cards + :number WHERE id = :run"
RESTED = f"""INSERT INTO entropy_rested (run_id, card_id, column_id, last_active_at)
             SELECT :run, id, column_id, last_active_at FROM card {THESE} ORDER BY id"""
EVENTS = f"""INSERT INTO event (kind, account_id, board_id, card_id, creator_id, automatic, at, particulars)
             SELECT 'card_auto_postponed', account_id, board_id, id, :owner, 1, :now,
                    json_object('column_id', column_id, 'last_active_at', last_active_at, 'sweep', :now)
             FROM card {THESE} ORDER BY last_active_at, id RETURNING id"""
RESTS = f"""INSERT INTO postponement (card_id, creator_id, automatic, at)
            SELECT id, :owner, 1, :now FROM card {THESE} ORDER BY id"""
CARDS = f"""UPDATE card SET place = 'not_now', column_id = NULL, activity_spike_at = NULL, last_active_at = :now,
                            put_away_at = :now
            {THESE}"""
JOB = """INSERT INTO job (task, payload, priority, state, run_at, attempts, most_attempts, created_at)
         VALUES ('notifications.notify', :payload, 1, 'waiting', :now, 0, 5, :now)"""
EVENTS_IN_A_JOB = 500

COUNTS = (
    "SELECT count(*) FROM card WHERE place = 'not_now' AND put_away_at = last_active_at",
    "SELECT count(*) FROM postponement",
    "SELECT count(*) FROM event WHERE kind = 'card_auto_postponed'",
    "SELECT count(*) FROM entropy_rested",
    "SELECT sum(cards) FROM entropy_run",
    "SELECT sum(json_array_length(payload, '$.event_ids')) FROM job WHERE task = 'notifications.notify'",
)


def measure() -> list[Row]:
    return [_row(size, rounds) for size, rounds in ROUNDS.items()]


def _row(size: int, rounds: int) -> Row:
    with folder() as stale:
        with program(stale, PLUGINS):
            cards(boards(space(), BOARDS), size, days_ago=(31, 90), at=now())
        pairs = [_pair(stale, size) for _round in range(rounds)]
        looks = range(LOOKS if rounds > 1 else 0)
        locked = [_held(stale, size) for _look in looks]
        by_floor = [_held_by_floor(stale, size, pairs[-1][-1]) for _look in looks]
        in_memory = [_held(stale, size, MEMORY) for _look in looks]
    floor, ours = (median(times) for times in list(zip(*pairs, strict=True))[:2])
    return {
        "cards": size,
        "SQL, s": floor,
        "sweep, s": ours,
        "ratio": median(sweep / bare for bare, sweep, _batches in pairs),
        "batches": pairs[-1][-1],
        "locked, ms": _each(locked),
        "by SQL, ms": _each(by_floor),
        "without disk, ms": _each(in_memory),
        "cards a second": round(size / ours),
    }


class Look(NamedTuple):
    """The longest time in ms that another process could not have written, and whether others disturbed us."""

    held: float
    disturbed: bool

    def __str__(self) -> str:
        return f"{self.held:.0f}" + "*" * self.disturbed


def _look(data: Path, work: Callable[[], object]) -> Look:
    before = processors()
    with watching(data / "fallow.db") as longest:
        work()
    away = stolen(before, processors())
    return Look(longest[0] * 1000, away is not None and away >= DISTURBED)


def _held(stale: Path, size: int, place: Path | None = None) -> Look:
    with _copy(stale, size, place) as data:
        return _look(data, lambda: _sweep(data))


def _held_by_floor(stale: Path, size: int, batches: int) -> Look:
    with _copy(stale, size) as data:
        return _look(data, lambda: _bare(data, -(-size // batches)))


def _each(looks: list[Look]) -> str:
    return ", ".join(map(str, sorted(looks))) or "not looked at"


def _pair(stale: Path, size: int) -> tuple[float, float, int]:
    """Seconds of the floor and of the sweep, and in how many batches."""
    with _copy(stale, size) as data:
        ours, batches = _sweep(data)
    with _copy(stale, size) as data:
        return _bare(data, -(-size // batches)), ours, batches


@contextmanager
def _copy(stale: Path, size: int, place: Path | None = None) -> Iterator[Path]:
    """Checked, afterwards, to have changed just what it should."""
    with folder(place) as data:
        shutil.copytree(stale, data, dirs_exist_ok=True)
        yield data
        with closing(sqlite3.connect(data / "fallow.db")) as connection:
            assert [connection.execute(count).fetchone()[0] for count in COUNTS] == [size] * len(COUNTS)


def _sweep(data: Path) -> tuple[float, int]:
    batches = []
    with program(data, PLUGINS) as app:
        app.extensions["fallow"].doorbell = None  # its first ring imports Huey, which is no part of a sweep

        @event.listens_for(db.engine, "before_cursor_execute")
        def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if statement.startswith("INSERT INTO entropy_rested"):
                batches.append(None)

        took = seconds(lambda: run_here("entropy.sweep", while_waiting=lambda: None))
    return took, len(batches)


def _bare(data: Path, size: int) -> float:
    with closing(sqlite3.connect(data / "fallow.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.execute("PRAGMA foreign_keys = ON")
        at = datetime.now(UTC).replace(tzinfo=None)
        owner = connection.execute("SELECT id FROM user WHERE role = 'owner'").fetchone()[0]
        values = {"owner": owner, "now": str(at), "stale": str(at - PERIOD)}
        return seconds(lambda: _in_batches(connection, values, size))


def _in_batches(connection: sqlite3.Connection, values: dict[str, object], size: int) -> None:
    run = connection.execute(BEGUN, values).fetchone()[0]
    ids = sorted(row[0] for row in connection.execute(STALE, values))
    for begin in range(0, len(ids), size):
        connection.execute("BEGIN IMMEDIATE")
        _batch(connection, {**values, "run": run}, ids[begin : begin + size])
        connection.execute("COMMIT")
        time.sleep(PAUSE)


def _batch(connection: sqlite3.Connection, values: dict[str, object], ids: list[int]) -> None:
    still = [row[0] for row in connection.execute(STILL, {**values, "ids": json.dumps(ids)})]
    values |= {"ids": json.dumps(still), "number": len(still)}
    connection.execute(RUN, values)
    connection.execute(RESTED, values)
    events = [row[0] for row in connection.execute(EVENTS, values)]
    connection.execute(RESTS, values)
    connection.execute(CARDS, values)
    for begin in range(0, len(events), EVENTS_IN_A_JOB):
        payload = json.dumps({"event_ids": events[begin : begin + EVENTS_IN_A_JOB]})
        connection.execute(JOB, {**values, "payload": payload})
