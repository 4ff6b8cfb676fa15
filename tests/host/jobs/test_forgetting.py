"""Throwing away what is long over."""

from datetime import timedelta

from sqlalchemy import update

from host.clock import now
from host.db import db
from host.jobs import Job, JobState, TaskRun, forgetting, schedule
from host.jobs.forgetting import JOBS_KEPT, RUNS_KEPT, forget_old
from host.jobs.tick import tick
from tests.host.jobs.seen import states


def test_done_jobs_go_after_a_week_and_failed_ones_stay(write, drain_jobs, travel):
    for name in ("one", "two", "three"):
        schedule(write, name=name)
    drain_jobs()
    db.session.execute(update(Job).where(Job.id == 2).values(state=JobState.FAILED))
    db.session.commit()
    travel(seconds=JOBS_KEPT.total_seconds() - 60)
    tick()
    assert states() == {JobState.DONE: 2, JobState.FAILED: 1}
    travel(seconds=120)
    tick()
    assert states() == {JobState.FAILED: 1}


def test_what_has_not_ended_stays_however_old(write, travel):
    schedule(write, at=now() + timedelta(days=400), name="spring")
    db.session.commit()
    travel(days=100)
    forget_old()
    assert states() == {JobState.WAITING: 1}


def test_runs_go_after_three_months_unless_they_go_on(app):
    old = now() - RUNS_KEPT - timedelta(days=1)
    for number, (state, at) in enumerate(
        [(JobState.DONE, old), (JobState.FAILED, old), (JobState.RUNNING, old), (JobState.DONE, now())]
    ):
        db.session.add(TaskRun(task=f"probe.{number}", state=state, created_at=at))
    db.session.commit()
    forget_old()
    assert [run.task for run in db.session.query(TaskRun).order_by(TaskRun.id)] == ["probe.2", "probe.3"]


def test_it_is_never_much_at_a_time(write, drain_jobs, travel, monkeypatch):
    monkeypatch.setattr(forgetting, "MOST", 2)
    for name in ("one", "two", "three"):
        schedule(write, name=name)
    drain_jobs()
    travel(days=30)
    forget_old()
    assert states() == {JobState.DONE: 1}
    forget_old()
    assert states() == {}
