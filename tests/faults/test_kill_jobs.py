"""kill -9 while jobs run: each has run to its end, its rows are there once, and the outside was reached once."""

import random
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import select

from host.db import db
from host.jobs import Job, JobState, TaskRun
from tests.faults.conftest import FULL
from tests.faults.field import Outside, ask, count, ended, expected, log_of, outside, process, rows, unfinished
from tests.patience import until

pytestmark = pytest.mark.faults

KILLS = 200 if FULL else 4
BROKEN_OFF = KILLS // 4  # at the least: a kill may also hit one that has nothing to do, or only just begins
STEP = 50 if FULL else 12  # jobs between one kill and the next: 10,000 in all, or about fifty
WORKER = ("worker", "--threads", "2")
SERVER = ("serve", "--port", "0")


class Crew:
    """Processes that run jobs, each replaced when it is killed."""

    def __init__(self, app: Flask, url: str, commands: list[tuple[str, ...]]) -> None:
        self.app, self.url, self.commands = app, url, commands
        self.running = [self._begun(command) for command in commands]

    def kill(self, place: int) -> None:
        self.running[place].kill()
        self.running[place].wait()
        self.running[place] = self._begun(self.commands[place])

    def end(self) -> None:
        """In order; one that was only just begun may end before it heeds a signal."""
        for each in self.running:
            each.terminate()
        assert {each.wait(60) for each in self.running} <= {0, -signal.SIGTERM}, log_of(self.app).read_text()

    def told(self) -> str:
        return f"{ended()} done, exits {[each.poll() for each in self.running]}\n{log_of(self.app).read_text()}"

    def _begun(self, command: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        return process(self.app, *command, url=self.url)


@contextmanager
def crew(app: Flask, reached: Outside) -> Iterator[Crew]:
    """A worker and a server on SQLite, three workers on PostgreSQL."""
    sqlite = db.engine.dialect.name == "sqlite"
    hands = Crew(app, reached.url, [WORKER, SERVER] if sqlite else [WORKER] * 3)
    try:
        yield hands
    finally:
        for each in hands.running:
            each.kill()
            each.wait()


def test_killed_many_times(planted: Flask) -> None:
    chance = random.Random(7)
    asked = 0
    with outside() as reached, crew(planted, reached) as hands:
        kills = 0
        while kills < KILLS or (kills < 10 * KILLS and count(Job.attempts > 1) < BROKEN_OFF):
            # Somewhere on the way; however fast they are, there is always more to do.
            some = ended() + chance.randrange(STEP)
            while ended() < some or not count(Job.state == JobState.RUNNING):
                more = max(3 * STEP - unfinished(), 0)
                ask(asked, more)
                asked += more
                until(lambda some=some: ended() >= some or unfinished() < STEP, or_else=hands.told)
            hands.kill(chance.randrange(len(hands.running)))
            kills += 1
        until(lambda: not unfinished(), or_else=hands.told)
        hands.end()
    assert count(Job.attempts > 1) >= BROKEN_OFF
    assert rows() == expected(asked)
    assert set(reached.counted.values()) == {1}
    assert len(reached.counted) == sum(1 for number in range(asked) if number % 4 == 3)
    assert _each_slot_once()


def _each_slot_once() -> bool:
    runs = db.session.scalars(select(TaskRun)).all()
    return {run.state for run in runs} == {JobState.DONE} and len({run.slot for run in runs}) == len(runs)
