"""The line in the log for each run."""

import logging
from datetime import timedelta

import pytest

from host.db import db
from host.jobs import Task, report, schedule
from host.jobs.batch import claim_due
from host.jobs.heal import heal
from host.jobs.overdue import end_overdue
from host.jobs.presence import presence
from host.jobs.run import run
from tests.patience import until


@pytest.fixture
def lines(caplog):
    """lines(): level and text of what the log has of runs."""
    caplog.set_level(logging.INFO, logger="host.jobs.report")
    return lambda: [(each.levelname, each.getMessage()) for each in caplog.records if each.name == "host.jobs.report"]


def test_what_is_done_is_one_quiet_line(write, drain_jobs, lines):
    schedule(write, name="spring")
    drain_jobs()
    ((level, text),) = lines()
    assert level == "INFO"
    assert text.startswith("job=1 task=probe.write attempt=1 outcome=done took=0.")
    assert text.endswith("says='wrote spring'")


def test_what_fails_is_louder_the_last_time(declare, drain_jobs, travel, lines):
    def run():
        raise OSError("no answer")

    task = Task("probe.fails", run, attempts=2)
    declare(task)
    schedule(task)
    drain_jobs()
    travel(hours=1)
    drain_jobs()
    (first, again), (second, failed) = lines()
    assert (first, second) == ("WARNING", "ERROR")
    assert "attempt=1 outcome=again" in again
    assert "attempt=2 outcome=failed" in failed
    assert "OSError('no answer')" in failed


def test_what_was_slow_is_a_warning(write, drain_jobs, lines, monkeypatch):
    monkeypatch.setattr(report, "SLOW", 0)
    schedule(write, name="spring")
    drain_jobs()
    assert [level for level, _text in lines()] == ["WARNING"]


def test_a_run_whose_worker_died_is_told_by_who_finds_it(declare, lines, travel):
    task = Task("probe.kills", lambda: None, attempts=2)
    declare(task)
    schedule(task)
    db.session.commit()
    for _try in range(2):
        presence().drop(claim_due())  # as if its thread had died
        travel(seconds=30)
        heal()
    (first, again), (second, failed) = lines()
    assert (first, second) == ("WARNING", "ERROR")
    assert "attempt=1 outcome=again took=30." in again
    assert "attempt=2 outcome=failed took=30." in failed
    assert "its worker died" in failed


def test_one_that_hangs_is_told_as_failed_and_as_too_late_when_it_comes_back(declare, lines, monkeypatch):
    monkeypatch.setattr("host.jobs.overdue.LAST_GRACE", 0)
    task = Task("probe.hangs", lambda: end_overdue(), time_limit=timedelta())
    declare(task)
    schedule(task)
    db.session.commit()
    (claim,) = claim_due()
    presence().begin(claim)
    run(claim)
    (level, failed), (_level, late) = lines()
    assert level == "ERROR"
    assert "outcome=failed" in failed
    assert "hangs; its thread is replaced" in failed
    assert "outcome=taken-over" in late


def test_one_that_raises_too_late_is_told_as_taken_over(declare, lines):
    def run_late():
        presence().drop(presence().in_hand())
        heal()
        raise OSError("no answer")

    task = Task("probe.late", run_late)
    declare(task)
    schedule(task)
    db.session.commit()
    (claim,) = claim_due()
    presence().begin(claim)
    run(claim)
    assert [text.split("outcome=")[1].split()[0] for _level, text in lines()] == ["again", "taken-over"]


@pytest.mark.parametrize("command", [("worker",), ("serve", "--port", "0")], ids=["worker", "serve"])
def test_a_program_that_runs_jobs_writes_the_line_of_what_went_well(start, command):
    program = start(*command, FALLOW_PLUGINS="entropy")
    until(lambda: "task=entropy.sweep attempt=1 outcome=done" in program.complained, or_else=lambda: program.complained)
    assert program.stop() == 0
