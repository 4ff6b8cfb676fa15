"""Periodic tasks that are paused, and such as do not catch up."""

from datetime import UTC, datetime, timedelta

import pytest

from host.clock import now
from host.db import db
from host.errors import NotFound
from host.jobs import Periodic, Task, TaskRun, drain, every, listing
from host.jobs.pauses import pause, paused, resume
from host.jobs.periodic import plan, run_now

AT = datetime(2026, 11, 21, 10, 20, tzinfo=UTC)


@pytest.fixture
def at_twenty_past(travel):
    travel(seconds=(AT - now()).total_seconds())


@pytest.fixture
def hourly(declare, at_twenty_past):
    """A task that is due every hour and does nothing."""
    task = Task("probe.sweep", lambda: None)
    declare(Periodic(every(hours=1), task, title="Sweep the barn"))
    return task


def slots():
    """The hours for which it ran."""
    drain()
    found = [run.slot and f"{run.slot:%H:%M}" for run in db.session.query(TaskRun).order_by(TaskRun.id)]
    db.session.commit()
    return found


def test_a_paused_task_has_no_slots_and_goes_on_with_the_next(hourly, owner, travel):
    plan()
    pause(hourly.name, owner)
    travel(hours=5)
    plan()
    assert slots() == ["10:00"]
    resume(hourly.name)
    plan()
    assert slots() == ["10:00"]  # what fell due meanwhile is not caught up
    travel(hours=1)
    plan()
    assert slots() == ["10:00", "16:00"]


def test_it_may_be_paused_again_and_each_twice(hourly, owner):
    for _time in range(2):
        for _twice in range(2):
            pause(hourly.name, owner)
        assert paused() == {hourly.name}
        for _twice in range(2):
            resume(hourly.name)
        assert paused() == set()
    resume(hourly.name)


def test_run_now_works_all_the_same(hourly, owner):
    pause(hourly.name, owner)
    run_now(hourly.name, owner)
    db.session.commit()
    assert slots() == [None]


def test_an_unknown_one_is_not_found(hourly, owner):
    for act in (lambda: pause("probe.mow", owner), lambda: resume("probe.mow")):
        with pytest.raises(NotFound, match=r"probe\.mow"):
            act()


def test_its_next_times_are_shown_unless_it_is_paused(hourly, owner):
    row = listing.task(hourly.name)
    assert [f"{at:%H:%M}" for at in row.coming()] == ["11:00", "12:00", "13:00", "14:00", "15:00"]
    assert row.next == AT.replace(hour=11, minute=0)
    pause(hourly.name, owner)
    row = listing.task(hourly.name)
    assert (list(row.coming()), row.next) == ([], None)


@pytest.mark.parametrize(("late", "caught_up"), [(timedelta(minutes=2), True), (timedelta(minutes=20), False)])
def test_one_that_does_not_catch_up_leaves_out_what_was_missed(declare, travel, late, caught_up):
    travel(seconds=(AT.replace(minute=0) + late - now()).total_seconds())
    declare(Periodic(every(hours=1), Task("probe.greet", lambda: None), title="Say hello", catch_up=False))
    plan()
    assert slots() == (["10:00"] if caught_up else [])
    travel(seconds=(AT.replace(hour=11, minute=0) - now()).total_seconds())
    plan()
    assert slots()[-1:] == ["11:00"]
