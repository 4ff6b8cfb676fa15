"""Huey's store in a real Redis or Valkey, and what happens when it forgets, dies, falls silent or was never there."""

import logging
import time
from dataclasses import replace
from datetime import timedelta

import pytest
import redis

from host.config import Config
from host.db import db
from host.errors import Fault
from host.jobs import JobState, drain, schedule
from host.jobs.consumer import start
from host.jobs.doorbell import DistantBell
from host.jobs.store import huey_for
from tests.host.jobs.seen import only_job, states
from tests.patience import until
from tests.programs import run
from tests.redis_server import free_port


@pytest.fixture
def on_redis(app, redis_server, monkeypatch):
    """The app, told to use the server."""
    fallow = app.extensions["fallow"]
    monkeypatch.setattr(fallow, "config", replace(fallow.config, huey_url=redis_server.url))
    return app


@pytest.fixture
def consumer(on_redis):
    """A running worker; ended with the test."""
    running = start(on_redis, threads=2)
    yield running
    assert running.stop(timeout=30)


@pytest.fixture
def bell(on_redis):
    """A bell like that of another process, which has no worker."""
    return DistantBell(on_redis)


def ask(write, name: str, **when: timedelta) -> None:
    schedule(write, name=name, **when)
    db.session.commit()


def done(count: int):
    return lambda: states() == {JobState.DONE: count}


def complaints(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_job_runs_by_itself_after_the_commit(write, consumer):
    ask(write, "spring")
    until(done(1))
    ask(write, "summer")
    until(done(2))


def test_a_job_of_the_next_minute_is_rung_for(write, consumer):
    ask(write, "spring", delay=timedelta(seconds=1.5))
    until(done(1))
    job = only_job()
    assert job.started_at >= job.run_at


def test_a_job_of_another_process_wakes_the_worker(on_redis, write, consumer, bell):
    on_redis.extensions["fallow"].doorbell = bell
    ask(write, "spring")
    ask(write, "summer", delay=timedelta(seconds=1))
    until(done(2))


def test_losing_all_that_redis_holds_costs_no_job(on_redis, write, bell, redis_server):
    on_redis.extensions["fallow"].doorbell = bell
    ask(write, "spring")
    with redis.Redis.from_url(redis_server.url) as client:
        assert client.dbsize() == 1
        client.flushall()
    running = start(on_redis)
    until(done(1))
    assert running.stop(timeout=30)


def test_losing_it_while_a_worker_listens_costs_no_job(write, consumer, redis_server, travel):
    ask(write, "summer", delay=timedelta(seconds=80))
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushall()
    travel(minutes=2)
    until(done(1))


@pytest.mark.sqlite_only("the job table is not touched otherwise")
def test_a_server_that_dies_and_comes_back_stops_no_worker(on_redis, write, consumer, bell, redis_server, caplog):
    redis_server.stop()
    ask(write, "at once")
    ask(write, "a little later", delay=timedelta(seconds=1))
    until(done(2))
    until(lambda: any("is away" in line for line in complaints(caplog)))
    redis_server.start()
    until(lambda: "Huey's Redis is back" in complaints(caplog))
    on_redis.extensions["fallow"].doorbell = bell
    ask(write, "from elsewhere")
    until(done(3))
    assert len(complaints(caplog)) == 2  # not one for each look


@pytest.mark.sqlite_only("the job table is not touched otherwise")
def test_the_tick_goes_on_while_the_server_is_away(on_redis, write, consumer, redis_server, travel):
    redis_server.stop()
    on_redis.extensions["fallow"].doorbell = None  # asked for where nobody can be reached
    ask(write, "spring")
    travel(minutes=2)
    until(done(1))


@pytest.mark.sqlite_only("the job table is not touched otherwise")
def test_a_server_that_falls_silent_keeps_no_commit_and_no_worker(write, consumer, redis_server, caplog):
    redis_server.fall_silent()
    ask(write, "spring")
    ask(write, "summer", delay=timedelta(seconds=6))  # it is looked for in between, and is not taken to be back
    until(done(2))
    assert len(complaints(caplog)) == 1
    redis_server.go_on()
    until(lambda: "Huey's Redis is back" in complaints(caplog))


@pytest.mark.sqlite_only("the job table is not touched otherwise")
def test_a_bell_whose_server_has_died_keeps_no_commit(on_redis, write, bell, redis_server, caplog):
    on_redis.extensions["fallow"].doorbell = bell
    ask(write, "spring")
    redis_server.stop()
    for number in range(5):
        ask(write, f"summer {number}")
        ask(write, f"autumn {number}", delay=timedelta(minutes=1))
    assert len(complaints(caplog)) == 1
    assert drain() == 6


@pytest.mark.sqlite_only("the job table is not touched otherwise")
def test_a_bell_whose_server_was_never_there_keeps_no_commit(on_redis, write, bell, redis_server, caplog):
    on_redis.extensions["fallow"].doorbell = bell
    redis_server.stop()
    for number in range(5):
        ask(write, f"spring {number}")
    (complaint,) = complaints(caplog)
    assert "no worker could be woken" in complaint
    assert "Connection refused" in complaint
    assert caplog.records[-1].exc_info is None
    assert drain() == 5


@pytest.mark.sqlite_only("the job table is not touched otherwise")
def test_nothing_stays_open_between_two_rings_or_after_the_end(on_redis, write, bell, redis_server):
    running = start(on_redis, threads=2)
    ask(write, "spring")
    until(done(1))
    assert running.stop(timeout=30)
    on_redis.extensions["fallow"].doorbell = bell
    ask(write, "summer")
    with redis.Redis.from_url(redis_server.url) as client:
        until(lambda: len(client.client_list()) == 1)


def test_machines_in_two_zones_understand_each_other(tmp_path, redis_server, monkeypatch):
    huey = huey_for(Config(data=tmp_path, huey_url=redis_server.url))
    soon = huey.task(name="soon")(lambda: None)
    try:
        huey.add_schedule(soon.s(delay=30))
        monkeypatch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        assert huey.read_schedule() == []
        monkeypatch.setenv("TZ", "America/Lima")
        time.tzset()
        assert huey.read_schedule() == []
        assert huey.scheduled_count() == 1
    finally:
        monkeypatch.undo()
        time.tzset()
        huey.storage.close()


def test_a_worker_without_its_server_says_so_in_one_line(tmp_path):
    ended = run("worker", data=tmp_path / "data", FALLOW_HUEY_URL=f"redis://127.0.0.1:{free_port()}")
    assert ended.returncode == 1
    assert ended.stderr.startswith("fallow: Huey's store in Redis cannot be used: Error 111 connecting")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("redis://:secret@localhost:nowhere", "cannot be read; one for Redis is like redis://"),
        ("redis://:secret@localhost:{port}?patience=9", "cannot be read; one for Redis is like redis://"),
        ("redis://fallow:secret@localhost:{port}/0", "Huey's store in Redis cannot be used: .*password"),
        ("redis://localhost:{port}/4711", "Huey's store in Redis cannot be used: .*out of range"),
    ],
)
def test_an_address_that_does_not_fit_is_a_clear_line_without_its_password(tmp_path, redis_server, typed, said):
    with pytest.raises(Fault, match=said) as caught:
        huey_for(Config(data=tmp_path, huey_url=typed.format(port=redis_server.port)))
    assert "secret" not in caught.value.message
