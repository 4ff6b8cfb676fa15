"""Which job is begun first: by priority, by time, and one after another in a lane."""

from datetime import timedelta

import pytest

from host.clock import now
from host.db import db
from host.jobs import JobState, Priority, Task, drain, schedule
from host.jobs.batch import claim_due
from host.jobs.outcome import finish
from host.jobs.presence import presence
from tests.host.jobs.seen import states


@pytest.fixture
def ran():
    """The names that jobs had, in the order in which they ran."""
    return []


@pytest.fixture
def note(declare, ran):
    """A task that notes its name; `refuse(name)` first makes it raise."""

    def run(name, raises=False):
        ran.append(name)
        if raises:
            raise OSError("no answer")

    tasks = {
        priority: Task(f"probe.note_{priority.name.lower()}", run, attempts=2, priority=priority)
        for priority in Priority
    }
    declare(*tasks.values())
    return tasks


@pytest.fixture
def normal(note):
    return note[Priority.NORMAL]


def test_what_is_urgent_comes_first_and_in_the_order_of_its_times(note, ran, drain_jobs):
    for priority in reversed(Priority):
        schedule(note[priority], name=f"{priority.name} now")
        schedule(note[priority], at=now() - timedelta(hours=1), name=f"{priority.name} earlier")
    assert drain_jobs() == 6
    names = [priority.name for priority in (Priority.HIGH, Priority.NORMAL, Priority.LOW)]
    assert ran == [f"{name} {when}" for name in names for when in ("earlier", "now")]


def test_one_that_is_asked_for_may_have_another_priority_than_its_task(normal, ran, drain_jobs):
    schedule(normal, name="usual")
    schedule(normal, priority=Priority.LOW, name="later")
    schedule(normal, priority=Priority.HIGH, name="sooner")
    drain_jobs()
    assert ran == ["sooner", "usual", "later"]


def test_a_priority_that_there_is_not_is_refused_as_no_worker_would_look_for_it(normal):
    with pytest.raises(ValueError, match="7 is not a valid Priority"):
        schedule(normal, priority=7, name="lost")


def test_an_urgent_one_whose_time_is_ahead_keeps_nobody_waiting(note, ran, drain_jobs):
    for number in range(30):
        schedule(note[Priority.HIGH], delay=timedelta(hours=1), name=f"urgent {number}")
    schedule(note[Priority.LOW], name="low")
    assert drain_jobs() == 1
    assert ran == ["low"]


def test_of_a_lane_one_is_claimed_at_a_time_and_others_are_not_held_up(normal):
    for lane in ("card 1", "card 1", "card 2", None, None):
        schedule(normal, lane=lane, name="any")
    db.session.commit()
    first = claim_due()
    assert [claim.job_id for claim in first] == [1, 3, 4, 5]
    assert claim_due() == []
    finish(first[0], None)
    assert [claim.job_id for claim in claim_due()] == [2]


def test_a_lane_is_the_plugins_and_not_one_tasks(note):
    schedule(note[Priority.LOW], lane="card 1", name="first")
    schedule(note[Priority.HIGH], lane="card 1", name="second")
    db.session.commit()
    assert [claim.job_id for claim in claim_due()] == [1]


def test_one_that_is_tried_again_keeps_its_lane_waiting_until_it_fails(normal, ran, drain_jobs, travel):
    schedule(normal, lane="card 1", name="first", raises=True)
    schedule(normal, lane="card 1", name="second")
    assert drain_jobs() == 1
    assert ran == ["first"]
    travel(hours=1)
    assert drain_jobs() == 2
    assert ran == ["first", "first", "second"]
    assert states() == {JobState.FAILED: 1, JobState.DONE: 1}


def test_one_that_is_scheduled_for_later_keeps_its_lane_waiting(normal, ran, drain_jobs, travel):
    schedule(normal, lane="card 1", delay=timedelta(hours=1), name="first")
    schedule(normal, lane="card 1", name="second")
    assert drain_jobs() == 0
    travel(hours=1)
    drain_jobs()
    assert ran == ["first", "second"]


def test_a_lane_keeps_its_order_however_many_drain(normal, ran, at_once):
    for number in range(12):
        for lane in ("a", "b"):
            schedule(normal, lane=lane, name=f"{lane} {number:02}")
    db.session.commit()
    while states().get(JobState.WAITING):
        at_once(drain, drain, drain)
    for lane in ("a", "b"):
        assert [name for name in ran if name.startswith(lane)] == [f"{lane} {number:02}" for number in range(12)]
    assert presence().in_hand() == []


@pytest.mark.sqlite_only("PostgreSQL plans by what the tables hold, and these hold nothing")
def test_what_is_looked_for_is_found_by_an_index(app, normal, statements):
    with statements() as asked:
        claim_due()
    (query, *_others) = [each for each in asked if each.startswith("SELECT") and "priority" in each]
    with db.engine.connect() as connection:
        values = (Priority.NORMAL, now().isoformat(sep=" "), 20, 0)
        plan = " ".join(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values))
    assert "SEARCH job USING INDEX ix_job_claim" in plan
    assert "SEARCH earlier USING INDEX ix_job_lane" in plan
    assert "TEMP B-TREE" not in plan
