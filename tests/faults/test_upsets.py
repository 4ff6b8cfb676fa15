"""What else happens to a program that runs for years: clocks that jump, machines that sleep, disks, locks, plugins."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from host.clock import now
from host.db import BUSY_SECONDS, db
from host.jobs import Job, JobState, TaskRun, schedule
from host.jobs.known import tasks
from tests.faults.field import ask, count, ended, expected, log_of, plant, process, rows
from tests.patience import until

pytestmark = pytest.mark.faults

PLAIN = ("plain",)
ROOM = 64 * 1024  # bytes


@pytest.fixture
def data(planted: Flask) -> Path:
    folder: Path = planted.extensions["fallow"].config.data
    return folder


@pytest.fixture
def begin(planted: Flask) -> Iterator[Callable[..., object]]:
    """begin(): a worker with one thread that has told of itself; killed with the test."""
    begun = []

    def one(**options: str):
        before = log_of(planted).read_text().count("runs jobs") if log_of(planted).exists() else 0
        begun.append(process(planted, "worker", "--threads", "1", **options))
        until(lambda: log_of(planted).read_text().count("runs jobs") > before, or_else=log_of(planted).read_text)
        return begun[-1]

    yield one
    for each in begun:
        each.kill()
        each.wait()


def move_clock(data: Path, by: timedelta) -> None:
    """For every process of the program but this one."""
    (data / "clock").write_text(str(by.total_seconds()))


def put_to_sleep(worker: subprocess.Popen) -> None:
    """As a lid that is closed, but while nobody writes: stopped amid a write, a process keeps SQLite's lock."""
    db.session.connection()  # SQLite's lock is ours, so not the worker's
    worker.send_signal(signal.SIGSTOP)
    os.waitpid(worker.pid, os.WUNTRACED)
    db.session.rollback()


def slots() -> int:
    found = len(db.session.scalars(select(TaskRun.id)).all())
    db.session.commit()
    return found


def all_done(number: int) -> Callable[[], bool]:
    """Whether so many plain jobs are done, and no other is left."""
    task = Job.task == "field.plain"
    return lambda: count(task, Job.state == JobState.DONE) == number == count(task)


def test_a_clock_that_jumps_a_day_ahead_runs_what_fell_due_once(planted, data, begin):
    schedule(tasks()["field.plain"], at=now() + timedelta(hours=5), number=0)
    db.session.commit()
    begin()
    until(lambda: slots() == 1)
    move_clock(data, timedelta(days=1))
    until(all_done(1), or_else=log_of(planted).read_text)
    until(lambda: slots() == 2)  # one for all the minutes that were missed
    assert rows() == {"plain 0": 1, "plain 0, end": 1}


def test_a_clock_that_jumps_a_day_back_loses_nothing_and_repeats_nothing(planted, data, begin):
    begin()
    ask(0, 1, PLAIN)
    until(all_done(1), or_else=log_of(planted).read_text)
    move_clock(data, -timedelta(days=1))
    schedule(tasks()["field.plain"], at=now() - timedelta(days=2), number=4)
    db.session.commit()
    until(all_done(2), or_else=log_of(planted).read_text)
    assert set(rows().values()) == {1}


def test_a_worker_that_was_asleep_catches_up_once(planted, data, begin):
    worker = begin()
    until(lambda: slots() == 1)
    put_to_sleep(worker)
    schedule(tasks()["field.plain"], at=now() + timedelta(hours=3), number=0)
    db.session.commit()
    move_clock(data, timedelta(hours=8))
    assert rows() == {}
    worker.send_signal(signal.SIGCONT)
    until(all_done(1), or_else=log_of(planted).read_text)
    until(lambda: slots() == 2)


@pytest.mark.parametrize("planted", ["sqlite"], indirect=True)
def test_huey_s_file_may_be_deleted_at_any_time(planted, data, begin):
    begin()
    for left in data.glob("huey.db*"):
        left.unlink()
    ask(0, 3, PLAIN)
    move_clock(data, timedelta(minutes=2))  # rather than to wait for the next minute's look
    until(all_done(3), or_else=log_of(planted).read_text)


@pytest.mark.parametrize("planted", ["sqlite"], indirect=True)
def test_a_database_that_is_locked_for_long_costs_nothing_but_time(planted, data, begin):
    begin()
    ask(0, 30, PLAIN)
    with closing(sqlite3.connect(data / "fallow.db", timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(BUSY_SECONDS + 2)  # it outlasts the patience of a statement; there is no other way to have that
        other.execute("COMMIT")
    move_clock(data, timedelta(hours=2))  # for tries that were put off
    until(all_done(30), or_else=log_of(planted).read_text)
    assert rows() == {row: 1 for number in range(30) for row in (f"plain {number}", f"plain {number}, end")}


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux can take room from a running process")
@pytest.mark.parametrize("planted", ["sqlite"], indirect=True)
def test_a_disk_without_room_costs_nothing_but_time(planted, data, begin):
    worker = begin()
    ask(0, 1, PLAIN)
    until(all_done(1), or_else=log_of(planted).read_text)
    whole = resource.prlimit(worker.pid, resource.RLIMIT_FSIZE)
    # No file may grow beyond this, as if the disk were full; the log has a little room left.
    resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (log_of(planted).stat().st_size + ROOM, whole[1]))
    ask(1, 60, PLAIN)
    until(lambda: "disk I/O error" in log_of(planted).read_text(), or_else=log_of(planted).read_text)
    assert ended() < 61
    resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, whole)
    move_clock(data, timedelta(hours=2))
    until(all_done(61), or_else=log_of(planted).read_text)
    assert set(rows().values()) == {1}


def test_jobs_of_a_plugin_that_is_away_wait_for_it(planted, data, begin):
    shutil.move(data / "plugins" / "field", data / "elsewhere")
    ask(0, 4)
    without = begin(plugins="")
    until(lambda: count(Job.state == JobState.PARKED) == 4, or_else=log_of(planted).read_text)
    without.terminate()
    assert without.wait(60) == 0
    plant(data)
    begin(url="http://127.0.0.1:9")  # the one of them that reaches out finds nobody
    done = {"plain 0", "staged 1, end", "asking 2", "plain 2 asked for, end"}
    until(lambda: done <= set(rows()), or_else=log_of(planted).read_text)
    assert set(rows()) <= set(expected(4))
    assert set(rows().values()) == {1}
