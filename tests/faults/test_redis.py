"""A worker that is a process of its own and listens by a real Redis or Valkey."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from host.db import db
from host.jobs import Job, JobState, TaskRun
from host.jobs.doorbell import DistantBell
from tests.faults.field import ask, count, log_of, process
from tests.patience import until
from tests.redis_server import RedisServer

pytestmark = pytest.mark.faults

PLAIN = ("plain",)


@pytest.fixture
def worker(planted: Flask, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """The process, once it listens; called, it gives its log. Here is the bell that reaches it."""
    fallow = planted.extensions["fallow"]
    monkeypatch.setenv("FALLOW_HUEY_URL", redis_server.url)
    monkeypatch.setattr(fallow, "config", replace(fallow.config, huey_url=redis_server.url))
    monkeypatch.setattr(fallow, "doorbell", DistantBell(planted))
    running = process(planted, "worker", "--threads", "1")
    log = log_of(planted)
    until(lambda: "runs jobs" in log.read_text(), or_else=log.read_text)
    yield log.read_text
    running.terminate()
    assert running.wait(60) == 0, log.read_text()


def one_after_another(first: int, jobs: int, log: Callable[[], str]) -> None:
    """Each asked for when the one before is done. Without the bell each would wait for a minute's tick of its own, and
    so for a round of the periodic task."""
    before = rounds()
    for number in range(first, first + jobs):
        ask(number, 1, PLAIN)
        until(lambda number=number: done() == number + 1, or_else=log)
    assert rounds() - before < jobs


def done() -> int:
    return count(Job.task == "field.plain", Job.state == JobState.DONE)


def rounds() -> int:
    found = len(db.session.scalars(select(TaskRun.id)).all())
    db.session.commit()
    return found


def test_it_is_woken_by_what_is_asked_for_here(worker):
    one_after_another(0, 5, worker)


@pytest.mark.parametrize("planted", ["sqlite"], indirect=True)
def test_it_outlives_the_server_and_listens_again(planted, worker, redis_server):
    until(lambda: rounds() == 1)
    redis_server.stop()
    until(lambda: "is away" in worker(), or_else=worker)
    ask(0, 1, PLAIN)
    (planted.extensions["fallow"].config.data / "clock").write_text("120")  # it takes its looks from a tick
    until(lambda: done() == 1, or_else=worker)
    redis_server.start()
    until(lambda: "is back" in worker(), or_else=worker)
    planted.extensions["fallow"].doorbell = DistantBell(planted)  # the other one is silent for two seconds
    one_after_another(1, 5, worker)
    assert worker().count("is away") == 1
    assert "Traceback" not in worker()
