"""All jobs paused: none begins, none is lost, and they go on where they were."""

from datetime import UTC, datetime

import pytest

from host.clock import now
from host.db import db
from host.jobs import Job, JobState, Periodic, Task, TaskRun, drain, every, health, schedule
from host.jobs.foreground import run_here
from host.jobs.pauses import all_paused_at, pause_all, paused, resume_all
from host.jobs.tick import tick
from host.stuck import why_stuck
from tests.host.jobs.seen import written

AT = datetime(2026, 11, 21, 10, 20, tzinfo=UTC)


@pytest.fixture
def hourly(declare, write, travel):
    """A task that is due every hour, and one that leaves out what was missed: at twenty past, none is just due."""
    travel(seconds=(AT - now()).total_seconds())
    found = Periodic(every(hours=1), Task("probe.sweep", lambda: "swept"), title="Sweep the barn")
    punctual = Periodic(every(hours=1), Task("probe.greet", lambda: "greeted"), title="Say hello", catch_up=False)
    declare(write, found, punctual)
    return found


def runs():
    found = db.session.query(TaskRun.task, TaskRun.state).order_by(TaskRun.task).all()
    db.session.commit()
    return [(task, state.value) for task, state in found]


def test_none_begins_until_they_are_resumed(write, owner):
    schedule(write, name="spring")
    pause_all(owner)
    db.session.commit()
    assert (drain(), written()) == (0, [])
    resume_all()
    db.session.commit()
    assert (drain(), written()) == (1, ["spring"])


def test_what_is_in_hand_is_finished(declare):
    task, other = Task("probe.pausing", pause_all), Task("probe.other", lambda: None)
    declare(task, other)
    first = schedule(task).id
    db.session.commit()
    assert drain() == 1
    schedule(other)
    db.session.commit()
    assert drain() == 0
    assert db.session.get_one(Job, first).state is JobState.DONE


def test_nothing_is_planned_meanwhile_and_the_newest_slot_is_caught_up(hourly, travel):
    pause_all()
    db.session.commit()
    tick()
    travel(hours=5)
    tick()
    assert runs() == []
    travel(minutes=30)
    resume_all()
    db.session.commit()
    tick()
    assert runs() == [("probe.sweep", "done")]


def test_a_person_runs_a_task_by_hand_all_the_same(hourly):
    pause_all()
    db.session.commit()
    assert run_here(hourly.name, while_waiting=lambda: None).summary == "swept"


def test_it_holds_from_the_first_time_on_and_is_no_task(app, travel):
    pause_all()
    db.session.commit()
    since = all_paused_at()
    travel(minutes=5)
    pause_all()
    db.session.commit()
    assert all_paused_at() == since
    assert paused() == set()
    resume_all()
    resume_all()
    assert all_paused_at() is None


def test_the_dot_and_the_doctor_say_so(write, travel):
    schedule(write, name="spring")
    pause_all()
    db.session.commit()
    travel(minutes=7)
    assert health.dot().text == "Jobs are paused"
    found = list(why_stuck())
    assert [finding.says for finding in found] == ["All jobs have been paused for 7 min."]
    assert "fallow jobs resume" in (found[0].remedy or "")
    resume_all()
    db.session.commit()
    assert health.dot().state == "ok"
