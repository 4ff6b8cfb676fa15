"""How soon the due ones among many recurring queues are found, and how quickly they are served, beside bare SQL.

Finding is the one query with which a sweep begins: a hundred due of a hundred thousand. Serving makes a copy of a post
for each queue, gives it its time and its job, writes the run into the history and the queue's next time. The floor
writes the very same rows, as the sweep left them, into a copy of the same file: in as many transactions, with the same
pause after each. What it leaves out is all that has to be known before they can be written.
"""

import shutil
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from clock import seconds
from field import folder, program, space
from sqlalchemy import event, func, insert, select, text
from store import Sqlite, Store, postgres
from table import Row

from host import clock
from host.clock import now
from host.db import CHECKPOINT_PAGES, db, reading
from host.jobs.foreground import run_here
from host.jobs.run import PAUSE
from host.models import User
from plugins.publishing import Connection, Post, choose
from plugins.recurring.changing import Plan, create
from plugins.recurring.models import Queue, Run
from plugins.recurring.run import Outcome
from plugins.recurring.sweeping import AT_ONCE

PLUGINS = ("publishing", "recurring")
QUEUES, DUE, TIMES = 100_000, 100, 50
SERVED, ROUNDS = 10_000, 3
PEOPLE = 1_000  # each with an account of their own, and as many queues as their share
IN = timedelta(hours=1)
AT_A_TIME = 10_000

# What a run writes, with the id of its queue before each row. A post before its targets, as the database wants it.
TABLES = {
    "publishing_post": "SELECT created_by_queue, * FROM publishing_post WHERE created_by_queue IS NOT NULL",
    "publishing_target": """SELECT created_by_queue, publishing_target.* FROM publishing_target
                            JOIN publishing_post ON post_id = publishing_post.id WHERE created_by_queue IS NOT NULL""",
    "job": """SELECT created_by_queue, job.* FROM job
              JOIN publishing_target ON job_id = job.id
              JOIN publishing_post ON post_id = publishing_post.id WHERE created_by_queue IS NOT NULL""",
    "recurring_queues": """SELECT id, next_time, due_at, last_time, last_ran_at, executions, id FROM recurring_queues
                           WHERE executions > 0""",
    "recurring_run": "SELECT queue_id, * FROM recurring_run",
}
INSERT = "INSERT INTO {} VALUES (?{})"
NEXT = """UPDATE recurring_queues SET next_time = ?, due_at = ?, last_time = ?, last_ran_at = ?, executions = ?
          WHERE id = ?"""
Written = Sequence[tuple[str, Sequence[object]]]  # each a table, and a row of it
Rows = Mapping[int, Written]  # by queue


def measure() -> list[Row]:
    with postgres() as server:
        return [*(_finding(store) for store in (Sqlite(), server)), _serving()]


def _finding(store: Store) -> Row:
    with folder() as data, program(data, PLUGINS, store.new()):
        due = _queues(space(), QUEUES, people=1, due=DUE)
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        times = []
        for _time in range(TIMES):
            with reading():
                times.append(seconds(lambda: Queue.due(due, AT_ONCE)))
                assert len(Queue.due(due, AT_ONCE)) == min(DUE, AT_ONCE)
                db.session.rollback()
    return {
        "what": f"finding {DUE:,} due of {QUEUES:,}",
        "on": store.name,
        "ms": median(times) * 1000,
        "SQL, ms": "no floor",
        "ratio": "no floor",
        "transactions": "none",
        "queues a second": "none",
    }


def _serving() -> Row:
    with folder() as made:
        with program(made, PLUGINS):
            due = _queues(space(), SERVED, people=PEOPLE, due=SERVED)
        pairs = [_pair(made, due) for _round in range(ROUNDS)]
    ours, floor = median(ours for ours, _floor, _count in pairs), median(floor for _ours, floor, _count in pairs)
    return {
        "what": f"serving {SERVED:,}",
        "on": "SQLite",
        "ms": ours * 1000,
        "SQL, ms": floor * 1000,
        "ratio": median(sweep / bare for sweep, bare, _count in pairs),
        "transactions": pairs[-1][-1],
        "queues a second": round(SERVED / ours),
    }


def _queues(owner: User, number: int, *, people: int, due: int) -> datetime:
    """So many, of which so many are due at the time that comes back, and the others on a day of the year after it."""
    at = (now() + IN).replace(microsecond=0)
    patterns = [_pattern(person, at) for person in _people(owner, people)]
    for begin in range(0, number, AT_A_TIME):
        rows = (_row(patterns[each % people], at, each, due) for each in range(begin, number))
        db.session.execute(insert(Queue), list(islice(rows, AT_A_TIME)))
        db.session.commit()
    return at


def _people(owner: User, number: int) -> list[User]:
    others = [User.join(owner.account, name=f"Author {n}", email=f"author{n}@example.org") for n in range(1, number)]
    db.session.commit()
    return [owner, *others]


def _pattern(person: User, at: datetime) -> dict[str, object]:
    """What the queues of a person are like: they repeat a post of theirs, on an account of theirs."""
    handle = f"@{person.id}@peer.example"
    mine = Connection(account=person.account, owner=person, platform="mastodon", remote_id=handle, handle=handle)
    db.session.add(mine)
    post = Post.draft(person, [f"The kettle of {person.name} is on."])
    db.session.flush()
    choose(post, [mine])
    queue = create("post", post.id, Plan(1, at.replace(tzinfo=None), ZoneInfo("UTC")), person)
    columns = {each.name: getattr(queue, each.name) for each in Queue.__table__.columns if each.name != "id"}
    db.session.delete(queue)
    return columns


def _row(pattern: dict[str, object], at: datetime, number: int, due: int) -> dict[str, object]:
    if number < due:
        return pattern
    later = at + timedelta(days=1 + number % 365)
    return {**pattern, "anchor": later.date(), "next_time": later, "due_at": later}


def _pair(made: Path, due: datetime) -> tuple[float, float, int]:
    """Seconds of the sweep and of the floor, and in how many transactions."""
    with folder() as data:
        shutil.copytree(made, data, dirs_exist_ok=True)
        took, transactions = _sweep(data, due)
        rows = _written(data)
    with folder() as data:
        shutil.copytree(made, data, dirs_exist_ok=True)
        return took, _bare(data, rows, transactions), transactions


def _sweep(data: Path, due: datetime) -> tuple[float, int]:
    commits = []
    with program(data, PLUGINS) as app:
        app.extensions["fallow"].doorbell = None  # its first ring imports Huey, which is no part of a sweep
        clock.travel(due - now())
        event.listen(db.engine, "commit", commits.append)
        took = seconds(lambda: run_here("recurring.process_queues", while_waiting=lambda: None))
        made = select(func.count()).select_from(Run).filter_by(outcome=Outcome.MADE)
        assert db.session.scalar(made) == SERVED
        clock.travel(-clock.offset())
    return took, len(commits)


def _written(data: Path) -> Rows:
    """What the sweep wrote for each queue."""
    rows: dict[int, list[tuple[str, Sequence[object]]]] = defaultdict(list)
    with closing(sqlite3.connect(data / "fallow.db")) as connection:
        for table, query in TABLES.items():
            for queue_id, *row in connection.execute(query):
                rows[queue_id].append((table, row))
    return rows


def _bare(data: Path, rows: Rows, transactions: int) -> float:
    with closing(sqlite3.connect(data / "fallow.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.execute("PRAGMA foreign_keys = ON")
        return seconds(lambda: _in_transactions(connection, rows, transactions))


def _in_transactions(connection: sqlite3.Connection, rows: Rows, transactions: int) -> None:
    for some in _shares([*rows.values()], transactions):
        connection.execute("BEGIN IMMEDIATE")
        for table, row in (each for of_one in some for each in of_one):
            statement = NEXT if table == "recurring_queues" else INSERT.format(table, ", ?" * (len(row) - 1))
            connection.execute(statement, row)
        connection.execute("COMMIT")
        time.sleep(PAUSE)


def _shares(rows: Sequence[Written], number: int) -> Iterator[Sequence[Written]]:
    size = max(1, -(-len(rows) // number))
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]
