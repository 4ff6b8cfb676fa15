"""The line in the log for each run."""

import logging

import pytest

from host.jobs import Task, report, schedule


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
