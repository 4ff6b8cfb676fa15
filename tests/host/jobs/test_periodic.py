"""Periodic tasks: once a slot, never two at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from host.clock import now
from host.db import db
from host.errors import Fault, NotFound
from host.jobs import Job, JobState, Periodic, Schedule, Task, TaskRun, cron, drain, every
from host.jobs.batch import claim_due
from host.jobs.foreground import run_here
from host.jobs.heal import heal
from host.jobs.outcome import fail
from host.jobs.periodic import plan, run_now
from host.jobs.presence import presence
from host.jobs.tick import tick
from host.models import Account
from tests.host.jobs.seen import states, written

AT = datetime(2026, 11, 21, 10, 20, 30, tzinfo=UTC)


@pytest.fixture
def hourly(declare, travel):
    """A task due every hour, the clock standing a little after ten."""

    def sweep() -> str:
        db.session.add(Account(name=f"at {now():%H:%M}"))
        return "swept 3 corners"

    travel(seconds=(AT - now()).total_seconds())
    task = Task("probe.sweep", sweep, preview=lambda: "would sweep 3 corners")
    declare(Periodic(every(hours=1), task, title="Sweep the barn"))
    return task


def runs() -> list[TaskRun]:
    """All of them, as the database has them now, the oldest first."""
    found = db.session.scalars(select(TaskRun).order_by(TaskRun.id).execution_options(populate_existing=True)).all()
    db.session.expunge_all()
    db.session.commit()
    return list(found)


def test_the_newest_slot_runs_once(hourly):
    for _ in range(3):
        tick()
    (run,) = runs()
    assert (run.task, run.slot, run.state) == ("probe.sweep", AT.replace(minute=0, second=0), JobState.DONE)
    assert (run.summary, run.asked_by_id) == ("swept 3 corners", None)
    assert run.created_at <= run.started_at <= run.finished_at


def test_each_slot_has_its_run(hourly, travel):
    for _ in range(3):
        tick()
        travel(hours=1)
    assert written() == ["at 10:20", "at 11:20", "at 12:20"]


def test_what_was_missed_runs_once(hourly, travel):
    tick()
    travel(days=2)
    tick()
    assert [run.slot for run in runs()] == [AT.replace(minute=0, second=0) + timedelta(days=each) for each in (0, 2)]


def test_two_planners_write_one_run(hourly, app):
    plan()
    with app.app_context():
        plan()
    assert len(runs()) == 1
    assert states() == {JobState.WAITING: 1}


def test_a_slot_that_comes_while_a_run_goes_on_waits_for_its_end(hourly, travel):
    plan()
    (claim,) = claim_due()
    travel(hours=3)
    plan()
    assert [run.state for run in runs()] == [JobState.RUNNING]
    presence().drop([claim])
    heal()
    drain()
    plan()
    assert [run.slot.hour for run in runs()] == [10, 13]
    assert [run.state for run in runs()] == [JobState.DONE, JobState.WAITING]


def test_a_run_that_fails_waits_and_then_has_failed(declare, travel):
    def raising() -> None:
        raise ValueError("the hinge is rusty")

    declare(Periodic(every(minutes=1), Task("probe.raising", raising, attempts=2), title="Raise"))
    tick()
    assert [run.state for run in runs()] == [JobState.WAITING]
    travel(minutes=1)
    tick()
    failed, *_newer = runs()
    assert (failed.state, failed.summary) == (JobState.FAILED, "ValueError: the hinge is rusty")
    tick()
    assert [run.state for run in runs()] == [JobState.FAILED, JobState.WAITING]


def test_a_run_whose_worker_died_goes_on(hourly):
    plan()
    presence().drop(claim_due())
    tick()
    (run,) = runs()
    assert (run.state, written()) == (JobState.DONE, ["at 10:20"])


def test_a_run_whose_job_is_gone_does_not_keep_the_next(hourly, travel):
    plan()
    db.session.execute(delete(Job))
    db.session.commit()
    travel(hours=1)
    tick()
    assert [run.state for run in runs()] == [JobState.FAILED, JobState.DONE]


def test_run_now(hourly, owner):
    tick()
    run_id = run_now("probe.sweep", owner).id
    owner_id = owner.id
    db.session.commit()
    assert drain() == 1
    _by_clock, by_hand = runs()
    assert (by_hand.id, by_hand.slot, by_hand.asked_by_id, by_hand.state) == (run_id, None, owner_id, JobState.DONE)
    tick()
    assert len(runs()) == 2


def test_run_now_while_it_runs_is_refused(hourly, owner):
    plan()
    claim_due()
    with pytest.raises(Fault, match="“Sweep the barn” is running already"):
        run_now("probe.sweep", owner)


def test_run_now_brings_a_waiting_run_forward(hourly, owner):
    plan()
    fail(claim_due()[0], ValueError("later"))
    presence().drop(presence().in_hand())
    assert drain() == 0
    run_now("probe.sweep", owner)
    db.session.commit()
    assert drain() == 1
    assert [run.state for run in runs()] == [JobState.DONE]


def test_an_unknown_task_is_not_found_and_the_known_are_named(hourly, owner):
    with pytest.raises(NotFound, match=r"probe\.swept.*probe\.sweep"):
        run_now("probe.swept", owner)


def test_in_the_foreground(hourly):
    run = run_here("probe.sweep", while_waiting=pytest.fail)
    assert (run.state, run.summary, run.slot) == (JobState.DONE, "swept 3 corners", None)
    assert written() == ["at 10:20"]


def test_in_the_foreground_a_waiting_run_is_taken_over(hourly):
    plan()
    run = run_here("probe.sweep", while_waiting=pytest.fail)
    assert (run.slot.hour, run.state) == (10, JobState.DONE)
    assert len(runs()) == 1


def test_in_the_foreground_a_run_that_goes_on_is_awaited(hourly):
    plan()
    (claim,) = claim_due()
    told = []

    def while_waiting() -> None:
        told.append(True)
        presence().drop([claim])  # its worker dies

    run = run_here("probe.sweep", while_waiting=while_waiting)
    assert (told, run.state, written()) == ([True], JobState.DONE, ["at 10:20"])


def test_in_the_foreground_a_failure_is_not_tried_again(declare):
    def raising() -> None:
        raise ValueError("the hinge is rusty")

    declare(Periodic(every(hours=1), Task("probe.raising", raising), title="Raise"))
    run = run_here("probe.raising", while_waiting=pytest.fail)
    assert (run.state, run.summary) == (JobState.FAILED, "ValueError: the hinge is rusty")
    assert states() == {JobState.FAILED: 1}


def test_a_schedule_that_raises_is_its_plugins_fault_and_keeps_no_other(app, declare, hourly):
    def raising(_at):
        raise ZeroDivisionError

    app.extensions["fallow"].plugins.strict = False
    broken = Periodic(Schedule("never", raising, raising), Task("probe.broken", lambda: None), title="Broken")
    declare(broken, Periodic(every(hours=1), hourly, title="Sweep the barn"))
    tick()
    assert written() == ["at 10:20"]
    assert "ZeroDivisionError" in app.extensions["fallow"].plugins.found["probe"].faults[0].traceback


def test_intervals_lie_on_a_grid():
    hour = every(hours=1)
    assert hour.latest(AT) == AT.replace(minute=0, second=0)
    assert hour.latest(AT.replace(minute=0, second=0)) == AT.replace(minute=0, second=0)
    assert hour.following(AT) == AT.replace(hour=11, minute=0, second=0)
    for seconds in (30, 90):
        with pytest.raises(ValueError, match="whole minutes"):
            every(seconds=seconds)


def test_intervals_in_words():
    intervals = ({"minutes": 1}, {"minutes": 15}, {"hours": 1}, {"hours": 6}, {"days": 1})
    assert [every(**each).words for each in intervals] == [
        "every minute",
        "every 15 minutes",
        "every hour",
        "every 6 hours",
        "every day",
    ]


def test_cron_in_utc():
    daily = cron("2 4 * * *", "daily at 04:02 UTC")
    assert daily.latest(AT) == AT.replace(hour=4, minute=2, second=0)
    assert daily.latest(datetime(2026, 11, 21, 4, 2, tzinfo=UTC)) == datetime(2026, 11, 21, 4, 2, tzinfo=UTC)
    assert daily.latest(datetime(2026, 11, 21, 4, 1, 59, tzinfo=UTC)) == datetime(2026, 11, 20, 4, 2, tzinfo=UTC)
    assert daily.following(AT) == datetime(2026, 11, 22, 4, 2, tzinfo=UTC)
