"""What a plugin declares wrongly is refused at load, or costs only itself."""

from datetime import datetime

import pytest
from sqlalchemy import select

from host.db import db
from host.jobs import Periodic, Schedule, Task, TaskRun, every, listing
from host.jobs.tick import tick
from host.testing import sign_in

WRONG = {
    "priority": {"priority": 7},
    "attempts": {"attempts": 0},
    "time limit": {"time_limit": 300},
    "name": {"name": "probe." + "n" * 75},
    "parameter": {"run": lambda card_id, key: None},
}


@pytest.fixture
def lenient(app):
    """As for people: what a plugin does wrong is written down."""
    found = app.extensions["fallow"].plugins
    found.strict = False
    return found


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_task_that_could_not_run_is_refused_when_it_is_made(wrong):
    with pytest.raises((ValueError, TypeError)):
        Task(**{"name": "probe.task", "run": lambda: None} | wrong)


@pytest.mark.parametrize("time", [datetime(2026, 1, 1), None], ids=["naive", "none"])  # noqa: DTZ001
def test_a_schedule_that_gives_no_moment_costs_only_its_own_task(lenient, declare, time):
    broken = Periodic(
        Schedule("never", lambda _at: time, lambda _at: time), Task("probe.broken", print), title="Broken"
    )
    declare(broken, Periodic(every(days=1), Task("probe.whole", lambda: None), title="Whole"))
    tick()
    assert {run.task for run in db.session.scalars(select(TaskRun))} == {"probe.whole"}
    assert "the schedule of probe.broken" in {each.moment for each in lenient.found["probe"].faults}


@pytest.fixture
def endless(lenient, declare):
    """A task whose schedule knows no end, or rather: no next time."""

    def raising(_at):
        raise StopIteration

    schedule = Schedule("once", lambda at: at, raising)
    declare(Periodic(schedule, Task("probe.once", lambda: None), title="Once"))


def test_a_schedule_without_a_next_time_is_listed_without_one(endless):
    (row,) = listing.tasks()
    assert (row.next, row.coming()) == (None, [])


def test_the_page_shows_it(endless, client, owner):
    sign_in(client, owner)
    shown = client.get("/jobs")
    assert shown.status_code == 200
    assert "Once" in shown.text
