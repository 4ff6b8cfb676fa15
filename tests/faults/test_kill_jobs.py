"""kill -9 while jobs run: after a restart each has run to its end, and its effect on the database is there once."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from host.app import create_app
from host.config import Config
from host.db import db
from host.jobs import Job, JobState, TaskRun, schedule
from host.jobs.known import tasks
from tests.patience import until
from tests.postgres import PostgresTemplates

pytestmark = pytest.mark.faults

ROUNDS = 40 if os.environ.get("FALLOW_FAULTS") == "full" else 8
STEP = 12  # jobs between one kill and the next, at most
# Each job writes a row in two steps with a little work between, some commit in the middle, some ask for another job.
FIELD = """
import time

from sqlalchemy import text

from host import Periodic, Plugin, checkpoint, db, every, hookimpl, schedule, task

PLUGIN = Plugin("field", title="Field")


def sow(what):
    db.session.execute(text("INSERT INTO field_row (what) VALUES (:what)"), {"what": what})


def sown(what):
    return db.session.scalar(text("SELECT count(*) FROM field_row WHERE what = :what"), {"what": what})


@task("field.plain", attempts=100)
def plain(number):
    sow(f"plain {number}")
    time.sleep(0.01)
    sow(f"plain {number}, end")


@task("field.staged", attempts=100)
def staged(number):
    for stage in ("first", "second"):
        if not sown(f"staged {number}, {stage}"):
            sow(f"staged {number}, {stage}")
        checkpoint()
        time.sleep(0.01)
    sow(f"staged {number}, end")


@task("field.asking", attempts=100)
def asking(number):
    sow(f"asking {number}")
    schedule(plain, number=f"{number} asked for")
    time.sleep(0.01)


@task("field.round", attempts=100)
def round_():
    sow("round")
    time.sleep(0.05)
    return "went round"


@hookimpl
def register_tasks():
    return [plain, staged, asking, Periodic(every(minutes=1), round_, title="Go round")]
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def field(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The program with the plugin `field`, its context pushed."""
    package = tmp_path / "plugins" / "field"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(FIELD)
    url = ""
    if request.param == "postgres":
        server: PostgresTemplates = request.getfixturevalue("postgres")
        url = server.empty(tmp_path)
    app = create_app(Config(data=tmp_path, database_url=url, plugins=("field",)))
    with app.app_context():
        number = "SERIAL" if url else "INTEGER"
        db.session.execute(text(f"CREATE TABLE field_row (id {number} PRIMARY KEY, what TEXT)"))
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_killed_many_times(field: Flask) -> None:
    chance = random.Random(7)
    asked = cut_off = 0
    for _round in range(ROUNDS):
        with _worker(field) as worker:
            # Somewhere on the way, with two jobs in hand and more in their batch.
            some = _ended() + chance.randrange(STEP)
            while _ended() < some or not _running():
                # However fast the worker is, there is always more to do.
                asked = _ask(asked, at_least=3 * STEP)
                until(lambda some=some: _ended() >= some or _unfinished() < STEP, or_else=lambda: _told(worker))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        cut_off += _running()
    assert cut_off >= ROUNDS
    with _worker(field) as worker:
        until(lambda: not _unfinished(), or_else=lambda: _told(worker))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    assert _states() == {JobState.DONE}
    assert _rows() - Counter({"round": _rows()["round"]}) == _expected(asked)
    assert _rows()["round"] == _rounds()
    assert list((field.extensions["fallow"].config.data / "workers").iterdir()) == []


def _ask(asked: int, *, at_least: int) -> int:
    """Ask for more jobs, numbered from `asked` on, until that many wait; answer how many were ever asked for."""
    kinds = [tasks()[f"field.{name}"] for name in ("plain", "staged", "asking")]
    more = max(at_least - _unfinished(), 0)
    for number in range(asked, asked + more):
        schedule(kinds[number % 3], number=number)
    db.session.commit()
    return asked + more


def _expected(count: int) -> Counter[str]:
    rows: Counter[str] = Counter()
    for number in range(count):
        rows.update(
            {
                0: [f"plain {number}", f"plain {number}, end"],
                1: [f"staged {number}, {stage}" for stage in ("first", "second", "end")],
                2: [f"asking {number}", f"plain {number} asked for", f"plain {number} asked for, end"],
            }[number % 3]
        )
    return rows


@contextmanager
def _worker(app: Flask) -> Iterator["subprocess.Popen[str]"]:
    """A real `fallow worker`, in a process of its own."""
    config = app.extensions["fallow"].config
    environment = {**os.environ, "FALLOW_DATABASE_URL": config.database_url, "FALLOW_PLUGINS": "field"}
    command = [sys.executable, "-m", "host", "--data", str(config.data), "worker", "--threads", "2"]
    with (config.data / "worker.log").open("a") as log:
        worker = subprocess.Popen(command, env=environment, stdout=log, stderr=log, text=True)
    worker.log = config.data / "worker.log"  # type: ignore[attr-defined]
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def _told(worker: "subprocess.Popen[str]") -> str:
    log: Path = worker.log  # type: ignore[attr-defined]
    return f"{_count(Job.state == JobState.RUNNING)} running, {_ended()} done, exit {worker.poll()}\n{log.read_text()}"


def _ended() -> int:
    return _count(Job.state == JobState.DONE)


def _running() -> int:
    return _count(Job.state == JobState.RUNNING)


def _unfinished() -> int:
    return _count(Job.state != JobState.DONE)


def _count(which: object) -> int:
    count = db.session.scalar(select(func.count(Job.id)).where(which))  # type: ignore[arg-type]
    db.session.commit()
    return count or 0


def _states() -> set[JobState]:
    found = set(db.session.scalars(select(Job.state).distinct()))
    db.session.commit()
    return found


def _rows() -> Counter[str]:
    found = Counter(db.session.scalars(text("SELECT what FROM field_row")))
    db.session.commit()
    return found


def _rounds() -> int:
    """How many slots of the periodic task have a run, each ended."""
    runs = db.session.scalars(select(TaskRun)).all()
    assert {run.state for run in runs} == {JobState.DONE}
    assert len({run.slot for run in runs}) == len(runs)
    return len(runs)
