"""Jobs that take too long: those that look at the time, those that do not, and those that hang."""

import threading
from datetime import timedelta

import pytest

from host.db import db
from host.jobs import JobState, Task, checkpoint, current_job, overdue, schedule
from host.jobs.batch import claim_due
from host.jobs.consumer import start
from host.jobs.presence import presence
from host.models import Account
from tests.host.jobs.seen import only_job, states, written
from tests.patience import until

SHORT = timedelta(milliseconds=1)


@pytest.fixture
def impatient(app, monkeypatch):
    """A worker of one thread that grants nothing beyond the limit."""
    monkeypatch.setattr(overdue, "GRACE", 0)
    running = start(app, threads=1)
    yield running
    assert running.stop(timeout=30)


def loop_with(look):
    def run():
        db.session.add(Account(name="half"))
        while True:
            look()

    return run


@pytest.mark.parametrize("look", [lambda: current_job().check_time(), checkpoint], ids=["check_time", "checkpoint"])
def test_one_that_looks_ends_with_an_error_and_is_not_tried_again(declare, drain_jobs, look):
    task = Task("probe.long", loop_with(look), time_limit=timedelta())
    declare(task)
    schedule(task)
    assert drain_jobs() == 1
    job = only_job()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert "it went on past its time limit (0:00:00)" in job.error
    assert written() == []


def test_what_keeps_its_time_is_done(declare, write, drain_jobs):
    schedule(write, name="spring")
    assert drain_jobs() == 1
    assert only_job().state is JobState.DONE


def test_an_endless_loop_is_interrupted_and_the_thread_goes_on(declare, write, impatient):
    task = Task("probe.endless", loop_with(lambda: None), time_limit=SHORT)
    declare(task, write)
    schedule(task)
    schedule(write, name="spring")
    db.session.commit()
    until(lambda: states() == {JobState.FAILED: 1, JobState.DONE: 1})
    assert written() == ["spring"]


def test_one_that_hangs_is_given_up_and_its_thread_replaced(declare, write, impatient, monkeypatch):
    monkeypatch.setattr(overdue, "LAST_GRACE", 0)
    hangs, ended = threading.Event(), threading.Event()

    def run():
        try:
            hangs.wait(120)
            db.session.add(Account(name="late"))
        finally:
            ended.set()

    task = Task("probe.hangs", run, time_limit=SHORT)
    declare(task, write)
    schedule(task)
    schedule(write, name="spring")
    db.session.commit()
    until(lambda: states() == {JobState.FAILED: 1, JobState.DONE: 1})
    hangs.set()
    assert ended.wait(30)
    schedule(write, name="summer")
    db.session.commit()
    until(lambda: states() == {JobState.FAILED: 1, JobState.DONE: 2})
    assert written() == ["spring", "summer"]  # what came late was refused
    until(lambda: [each.name for each in threading.enumerate()].count("Worker-1") == 1)  # its place was taken
    assert not any(presence().is_lost(each.ident) for each in threading.enumerate())


def test_nothing_is_interrupted_but_the_task(write, app):
    reached = []
    for name in ("spring", "summer"):
        schedule(write, name=name)
    db.session.commit()
    runs, ended = claim_due()
    for claim in (runs, ended):
        presence().begin(claim)
    presence().end(ended)
    for claim in (runs, ended):
        presence().interrupt(claim, by=reached.append)
    presence().drop([runs])
    presence().interrupt(runs, by=reached.append)  # its thread may have begun another
    assert reached == [threading.get_ident()]


def test_one_that_ends_by_itself_is_not_interrupted_while_that_is_written(declare, drain_jobs, monkeypatch):
    monkeypatch.setattr(overdue, "GRACE", 0)

    class Slow:
        """Said after its time is up."""

        def __str__(self):
            overdue.end_overdue()
            return " ".join(["slow"] * 3)

    task = Task("probe.slow", Slow, time_limit=timedelta())
    declare(task)
    schedule(task)
    drain_jobs()
    assert (only_job().state, only_job().summary) == (JobState.DONE, "slow slow slow")
