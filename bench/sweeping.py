"""A space full of stale cards, the sweep that rests them, and the same rows written by bare SQL in the same batches.

The floor finds the same cards in the same way and writes what the sweep writes: the cards, when and by whom they were
rested, the log, what the run remembers for its undo, and the job that tells people; as many batches, and the same pause
after each. What it leaves out: the sign of life of the job, and the messages to open pages.
"""

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from clock import seconds
from field import boards, cards, folder, program, space
from sqlalchemy import event

from host.clock import now
from host.db import CHECKPOINT_PAGES, db
from host.jobs.foreground import run_here
from host.jobs.run import PAUSE

BOARDS = 10
PERIOD = timedelta(days=30)
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


@contextmanager
def stale(size: int) -> Iterator[Path]:
    """A folder with so many of them."""
    with folder() as data:
        with program(data, PLUGINS):
            cards(boards(space(), BOARDS), size, days_ago=(31, 90), at=now())
        yield data


@contextmanager
def copy(made: Path, size: int, place: Path | None = None) -> Iterator[Path]:
    """Of what `stale` gave; checked, afterwards, to have changed just what it should."""
    with folder(place) as data:
        shutil.copytree(made, data, dirs_exist_ok=True)
        yield data
        with closing(sqlite3.connect(data / "fallow.db")) as connection:
            assert [connection.execute(count).fetchone()[0] for count in COUNTS] == [size] * len(COUNTS)


class Swept(NamedTuple):
    """How long it took, and what each batch took of the processor before its commit, both in seconds. A batch that is
    kept from the processor holds the lock for longer, through no work of its own."""

    seconds: float
    batches: Sequence[float]


def sweep(data: Path) -> Swept:
    batches: list[float] = []
    with program(data, PLUGINS) as app:
        app.extensions["fallow"].doorbell = None  # its first ring imports Huey, which is no part of a sweep
        begun, resting = 0.0, False

        @event.listens_for(db.engine, "begin")
        def begin(_connection: object) -> None:
            nonlocal begun, resting
            begun, resting = time.process_time(), False

        @event.listens_for(db.engine, "before_cursor_execute")
        def look(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            nonlocal resting
            resting = resting or statement.startswith("INSERT INTO entropy_rested")

        @event.listens_for(db.engine, "commit")
        def commit(_connection: object) -> None:
            if resting:
                batches.append(time.process_time() - begun)

        took = seconds(lambda: run_here("entropy.sweep", while_waiting=lambda: None))
    return Swept(took, batches)


def bare(data: Path, size: int) -> Swept:
    """The floor, in batches of that size."""
    batches: list[float] = []
    with closing(sqlite3.connect(data / "fallow.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.execute("PRAGMA foreign_keys = ON")
        at = datetime.now(UTC).replace(tzinfo=None)
        owner = connection.execute("SELECT id FROM user WHERE role = 'owner'").fetchone()[0]
        values = {"owner": owner, "now": str(at), "stale": str(at - PERIOD)}
        took = seconds(lambda: batches.extend(_in_batches(connection, values, size)))
    return Swept(took, batches)


def _in_batches(connection: sqlite3.Connection, values: dict[str, object], size: int) -> Iterator[float]:
    run = connection.execute(BEGUN, values).fetchone()[0]
    ids = sorted(row[0] for row in connection.execute(STALE, values))
    for begin in range(0, len(ids), size):
        connection.execute("BEGIN IMMEDIATE")
        begun = time.process_time()
        _batch(connection, {**values, "run": run}, ids[begin : begin + size])
        yield time.process_time() - begun
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
