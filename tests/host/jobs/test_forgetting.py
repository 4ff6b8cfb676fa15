"""Throwing away what is long over."""

from datetime import timedelta

from sqlalchemy import update

from host.clock import now
from host.db import db
from host.jobs import Job, JobState, TaskRun, schedule
from host.jobs.clearing import clear
from host.retention import retention_rules
from tests.host.jobs.seen import states


def forget(key):
    """As the cleanup does, by the rule's own days. What it promises is what goes."""
    rule = retention_rules()[key]
    before = now() - timedelta(days=rule.days)
    promised = rule.leftovers.count(before)
    assert clear(rule.leftovers, before) == promised
    return promised


def test_done_jobs_go_after_a_week_and_failed_ones_stay(write, drain_jobs, travel):
    for name in ("one", "two", "three"):
        schedule(write, name=name)
    drain_jobs()
    db.session.execute(update(Job).where(Job.id == 2).values(state=JobState.FAILED))
    db.session.commit()
    travel(days=7, seconds=-60)
    assert forget("host.jobs") == 0
    travel(seconds=120)
    assert forget("host.jobs") == 2
    assert states() == {JobState.FAILED: 1}


def test_what_has_not_ended_stays_however_old(write, travel):
    schedule(write, at=now() + timedelta(days=400), name="spring")
    db.session.commit()
    travel(days=100)
    assert forget("host.jobs") == 0
    assert states() == {JobState.WAITING: 1}


def test_runs_go_after_three_months_unless_they_go_on(app):
    old = now() - timedelta(days=91)
    for number, (state, at) in enumerate(
        [(JobState.DONE, old), (JobState.FAILED, old), (JobState.RUNNING, old), (JobState.DONE, now())]
    ):
        db.session.add(TaskRun(task=f"probe.{number}", state=state, created_at=at))
    db.session.commit()
    assert forget("host.runs") == 2
    assert [run.task for run in db.session.query(TaskRun).order_by(TaskRun.id)] == ["probe.2", "probe.3"]
