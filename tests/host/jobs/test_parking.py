"""Jobs whose plugin is absent."""

from datetime import timedelta

import pytest

from host.clock import now
from host.db import db
from host.jobs import JobState, Periodic, Task, cancel, every, schedule
from host.jobs.foreground import run_here
from host.jobs.parking import bring_back, park
from host.jobs.periodic import plan
from host.jobs.tick import tick
from tests.host.jobs.seen import only_job, states, written


def test_a_job_of_an_absent_plugin_is_parked_and_runs_when_it_is_back(declare, write, drain_jobs):
    schedule(write, name="spring")
    declare()
    assert drain_jobs() == 0
    assert (only_job().state, only_job().attempts) == (JobState.PARKED, 0)
    tick()
    assert only_job().state is JobState.PARKED
    declare(write)
    tick()
    assert written() == ["spring"]
    assert only_job().attempts == 1


def test_what_is_parked_does_not_keep_the_rest(declare, write, drain_jobs):
    gone = Task("probe.gone", lambda: None)
    declare(write, gone)
    for _ in range(30):
        schedule(gone)
    schedule(gone, delay=timedelta(days=3))
    schedule(write, name="spring")
    declare(write)
    assert drain_jobs() == 1
    assert states() == {JobState.PARKED: 31, JobState.DONE: 1}


def test_a_parked_job_keeps_its_time(write):
    at = now() + timedelta(days=3)
    schedule(write, at=at, name="spring")
    park(["probe.write"])
    assert only_job().shown_state is JobState.PARKED
    bring_back()
    assert (only_job().shown_state, only_job().run_at) == (JobState.SCHEDULED, at)


def test_coming_back_beside_one_of_its_key_loses_nothing(declare, write, drain_jobs):
    schedule(write, key="bundle", name="first")
    declare()
    drain_jobs()
    declare(write)
    schedule(write, key="bundle", name="second")
    db.session.commit()
    bring_back()
    assert drain_jobs() == 2
    assert written() == ["first", "second"]


def test_a_parked_job_can_be_cancelled(declare, write, drain_jobs):
    job_id = schedule(write, name="spring").id
    declare()
    drain_jobs()
    assert cancel(job_id)
    assert states() == {}


def test_a_task_that_is_run_by_hand_is_taken_from_where_it_was_set_aside(declare):
    """Nobody else is there who would bring it back."""
    sweep = Periodic(every(days=1), Task("probe.sweep", lambda: "swept"), title="Sweep the barn")
    declare(sweep)
    plan()
    park({sweep.name})
    db.session.commit()
    assert run_here(sweep.name, while_waiting=lambda: pytest.fail("nothing goes on")).summary == "swept"
