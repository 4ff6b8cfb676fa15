"""The worker inside a process, with its real threads and Huey's real store."""

import sqlite3
import sys
import threading
from contextlib import closing
from datetime import timedelta

import pytest

from host.clock import now
from host.config import Config
from host.db import db
from host.errors import Fault
from host.jobs import JobState, Periodic, Task, drain, every, schedule
from host.jobs.consumer import start
from host.jobs.doorbell import DistantBell
from host.jobs.lock import workers
from host.jobs.presence import presence
from host.jobs.store import huey_for
from tests.host.jobs.seen import only_job, states, written
from tests.patience import until


@pytest.fixture
def consumer(app):
    """A running worker; ended with the test."""
    running = start(app, threads=2)
    yield running
    if not presence().stopping.is_set():
        assert running.stop(timeout=30)


@pytest.fixture
def gate(declare, write):
    """A task that has begun when `gate.begun` is set, and ends when `gate.open` is."""

    class Gate:
        begun = threading.Event()
        open = threading.Event()
        task = Task("probe.gate", lambda: Gate.begun.set() or (Gate.open.wait(60) and "passed"))

    declare(Gate.task, write)
    yield Gate
    Gate.open.set()


def done(count: int) -> bool:
    return states() == {JobState.DONE: count}


def test_a_job_runs_by_itself_after_the_commit(write, consumer):
    schedule(write, name="spring")
    db.session.commit()
    until(lambda: done(1))
    assert written() == ["spring"]


def test_a_job_of_the_next_minute_is_rung_for(write, consumer):
    schedule(write, delay=timedelta(seconds=1.5), name="spring")
    db.session.commit()
    until(lambda: done(1))
    job = only_job()
    assert job.started_at >= job.run_at


def test_a_job_of_another_process_wakes_the_worker(app, write, consumer):
    """That process has no worker, and so the bell that reaches far."""
    app.extensions["fallow"].doorbell = DistantBell(app)
    schedule(write, name="spring")
    db.session.commit()
    until(lambda: done(1))


def test_periodic_tasks_run_from_the_start(app, declare):
    ran = threading.Event()
    declare(Periodic(every(hours=1), Task("probe.sweep", ran.set), title="Sweep"))
    running = start(app)
    until(lambda: done(1))
    assert ran.is_set()
    assert running.stop(timeout=30)


def test_stopping_waits_for_what_runs_and_begins_nothing_more(app, consumer, gate, write):
    for _ in range(3):
        schedule(gate.task)
    db.session.commit()
    until(lambda: states().get(JobState.RUNNING))
    gate.begun.wait(60)
    stopped = []
    stopping = threading.Thread(target=lambda: stopped.append(consumer.stop(timeout=60)))
    stopping.start()
    presence().stopping.wait(60)
    gate.open.set()
    stopping.join()
    assert stopped == [True]
    left = states()
    assert left[JobState.DONE] >= 1
    assert JobState.RUNNING not in left
    assert workers(presence().data) == {}


def test_stopping_gives_up_after_its_time_and_the_next_start_finds_the_job(app, consumer, gate):
    schedule(gate.task)
    db.session.commit()
    gate.begun.wait(60)
    assert not consumer.stop(timeout=0.1)
    assert states() == {JobState.RUNNING: 1}
    gate.open.set()
    assert consumer.stop(timeout=60)


def test_a_long_job_does_not_keep_those_behind_it(app, gate, write):
    """They were claimed in one batch with it; the second thread gets them."""
    schedule(gate.task)
    for number in range(5):
        schedule(write, name=str(number))
    db.session.commit()
    running = start(app, threads=2)
    until(lambda: len(written()) == 5, or_else=states)
    assert not gate.open.is_set()
    gate.open.set()
    assert running.stop(timeout=60)
    assert states() == {JobState.DONE: 6}


def test_when_the_clock_jumps_what_is_due_runs_at_once(write, consumer, travel):
    schedule(write, delay=timedelta(hours=8), name="after the sleep")
    db.session.commit()
    travel(hours=8, seconds=1)
    until(lambda: done(1))


def test_losing_all_that_huey_holds_costs_no_job(app, write):
    schedule(write, name="spring")
    schedule(write, delay=timedelta(seconds=30), name="summer")
    db.session.commit()
    config = app.extensions["fallow"].config
    huey = huey_for(config)
    huey.flush()
    huey.storage.close()
    running = start(app)
    until(lambda: written() == ["spring"])
    assert running.stop(timeout=30)


def test_a_worker_thread_that_dies_is_replaced(app, write, consumer):
    @consumer._alarm.huey.task()
    def deadly() -> None:
        raise SystemExit

    before = {thread for _worker, thread in consumer._threads.worker_threads}
    deadly()
    until(lambda: {thread for _worker, thread in consumer._threads.worker_threads} != before)
    schedule(write, name="spring")
    db.session.commit()
    until(lambda: done(1))


def test_many_rings_leave_one_wake_up(app, write):
    bell = DistantBell(app)
    app.extensions["fallow"].doorbell = bell
    for number in range(20):
        schedule(write, name=str(number))
        schedule(write, delay=timedelta(seconds=60), name=f"later {number}")
        db.session.commit()
    huey = huey_for(app.extensions["fallow"].config)
    assert huey.pending_count() == 1
    assert huey.scheduled_count() <= 5
    huey.storage.close()


def test_what_lies_further_ahead_is_left_to_the_tick(app, write):
    app.extensions["fallow"].doorbell = DistantBell(app)
    schedule(write, at=now() + timedelta(days=3), name="spring")
    db.session.commit()
    assert not (app.extensions["fallow"].config.data / "huey.db").exists() or _scheduled(app) == 0


def test_a_bell_that_cannot_ring_keeps_no_commit(app, write, caplog):
    data = app.extensions["fallow"].config.data
    app.extensions["fallow"].doorbell = _bell_of(app, huey_url=f"sqlite:///{data}/no/such/folder/huey.db")
    schedule(write, name="spring")
    db.session.commit()
    assert "no worker could be woken" in caplog.text
    assert drain() == 1


def test_what_fallow_huey_url_may_name(tmp_path, monkeypatch):
    chosen = huey_for(Config(data=tmp_path, huey_url=f"sqlite:///{tmp_path}/elsewhere.db"))
    chosen.storage.close()
    with closing(sqlite3.connect(tmp_path / "elsewhere.db")) as store:
        assert store.execute("SELECT count(*) FROM task").fetchone() == (0,)
    with pytest.raises(Fault, match="not “amqp”"):
        huey_for(Config(data=tmp_path, huey_url="amqp://localhost"))


def test_redis_without_its_package_is_one_clear_line(app, monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)  # as where it is not installed
    with pytest.raises(Fault, match=r"needs the Python package “redis”: pip install 'fallow\[redis\]'"):
        huey_for(Config(data=app.extensions["fallow"].config.data, huey_url="redis://localhost"))


@pytest.mark.postgres
def test_what_comes_while_a_thread_takes_its_first_look_is_heard(postgres, tmp_path):
    """It would otherwise lie there until the thread looks again by itself."""
    url = postgres.empty(tmp_path)
    config = Config(data=tmp_path, database_url=url)
    ringing, listening = huey_for(config).storage, huey_for(config).storage
    look, looks = listening._dequeue, []

    def looked():
        found = look()
        if not looks:
            ringing.enqueue(b"ring")
        looks.append(found)
        return found

    listening._dequeue, listening.read_timeout = looked, 30
    assert listening.dequeue() == b"ring"
    assert looks == [None, b"ring"]
    for storage in (ringing, listening):
        storage.close()
    postgres.drop(url)


def test_create_app_starts_no_thread_and_opens_no_store(make_app):
    before = threading.active_count()
    app = make_app(plugins=())
    assert threading.active_count() == before
    assert not (app.extensions["fallow"].config.data / "huey.db").exists()
    assert not (app.extensions["fallow"].config.data / "workers").exists()


def _bell_of(app, **settings):
    from dataclasses import replace

    fallow = app.extensions["fallow"]
    fallow.config = replace(fallow.config, **settings)
    return DistantBell(app)


def _scheduled(app) -> int:
    huey = huey_for(app.extensions["fallow"].config)
    try:
        return huey.scheduled_count()
    finally:
        huey.storage.close()
