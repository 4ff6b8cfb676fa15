"""Taking back what dead workers left."""

import threading
from contextlib import contextmanager

import pytest
from filelock import FileLock
from sqlalchemy import event, select, update

from host.db import db
from host.jobs import Job, JobState, schedule
from host.jobs.batch import claim_due
from host.jobs.claim import LEASE
from host.jobs.heal import heal
from host.jobs.heartbeat import renew_leases, return_unbegun
from host.jobs.lock import found_gone, workers
from host.jobs.outcome import give_back
from host.jobs.presence import Presence, presence
from host.jobs.run import run
from tests.host.jobs.seen import only_job, states, written


@pytest.fixture
def other(app):
    """Another worker on this machine; `other.leave_hastily()` is its sudden end."""

    class Other(Presence):
        def leave_hastily(self):
            self._lock.release()

    worker = Other(app.extensions["fallow"].config.data)
    worker.enter()
    yield worker
    worker.leave()


def claimed_by(worker, *, attempts=1, **values):
    """The one job, as if that worker had claimed it."""
    claim_due()
    presence().drop(presence().in_hand())
    db.session.execute(update(Job).values(worker=worker, attempts=attempts, **values))
    db.session.commit()


def test_a_job_whose_worker_lives_is_let_be_however_old_its_lease(write, other, travel):
    schedule(write, name="spring")
    db.session.commit()
    claimed_by(other.name)
    travel(days=2)
    heal()
    assert only_job().state is JobState.RUNNING


def test_a_job_whose_worker_died_on_this_machine_is_taken_back_at_once(write, other, drain_jobs):
    schedule(write, name="spring")
    db.session.commit()
    claimed_by(other.name)
    other.leave_hastily()
    heal()
    job = only_job()
    assert (job.state, job.worker, job.attempts) == (JobState.WAITING, None, 1)
    assert other.name not in workers(other.data)
    assert drain_jobs() == 1
    assert (written(), only_job().attempts) == (["spring"], 2)


def test_a_job_of_a_worker_elsewhere_is_taken_back_when_its_lease_is_over(write, travel):
    schedule(write, name="spring")
    db.session.commit()
    claimed_by("far-away-1")
    heal()
    assert only_job().state is JobState.RUNNING
    travel(seconds=LEASE.total_seconds() + 1)
    heal()
    assert only_job().state is JobState.WAITING


def test_a_job_that_killed_its_worker_every_time_has_failed_and_says_so(write, travel):
    schedule(write, name="spring")
    db.session.commit()
    claimed_by("far-away-1", attempts=5)
    travel(seconds=LEASE.total_seconds() + 1)
    heal()
    job = only_job()
    assert (job.state, job.error) == (JobState.FAILED, "The worker died while it ran this, at the last of 5 tries.")
    assert job.finished_at is not None


def test_what_this_worker_has_in_hand_is_let_be(write, app, travel):
    schedule(write, name="spring")
    db.session.commit()
    (claim,) = claim_due()
    travel(days=2)
    heal()
    assert only_job().state is JobState.RUNNING
    presence().begin(claim)
    run(claim)
    assert written() == ["spring"]


def test_what_a_dead_thread_of_this_worker_left_is_taken_back(write, app):
    schedule(write, name="spring")
    db.session.commit()
    presence().drop(claim_due())
    heal()
    assert only_job().state is JobState.WAITING


def test_a_worker_overtaken_by_the_healer_leaves_nothing(write, drain_jobs, travel):
    """It was not dead, only slow, and both have run the job: one effect."""
    schedule(write, name="spring")
    db.session.commit()
    (slow,) = claim_due()
    presence().drop([slow])
    heal()
    drain_jobs()
    run(slow)
    assert (written(), only_job().attempts) == (["spring"], 2)


def test_locks_of_workers_that_are_gone_are_cleared_away(app, other):
    left = Presence(other.data)
    left.enter()
    left.leave()
    assert left.name not in workers(other.data)
    other.leave_hastily()
    heal()
    assert workers(other.data) == {}


def test_whether_a_worker_is_gone(app, other):
    with found_gone(other.data, "never-here") as gone:
        assert gone is None
    with found_gone(other.data, other.name) as gone:
        assert gone is False
    other.leave_hastily()
    with found_gone(other.data, other.name) as gone:
        assert gone is True
        with found_gone(other.data, other.name) as also:
            assert also is False


def test_a_lock_counts_for_the_process_and_not_the_thread(app, other):
    assert not FileLock(other.data / "workers" / f"{other.name}.lock").is_locked


def test_leases_in_hand_are_renewed(write, app, travel):
    for name in ("spring", "summer"):
        schedule(write, name=name)
    db.session.commit()
    mine, left = claim_due()
    presence().drop([left])
    before = leases()
    travel(minutes=1)
    renew_leases()
    after = leases()
    assert after[mine.job_id] > before[mine.job_id]
    assert after[left.job_id] == before[left.job_id]


def test_what_waits_behind_a_long_job_is_given_back_as_if_untouched(write, app, drain_jobs):
    for name in ("spring", "summer", "autumn"):
        schedule(write, name=name)
    db.session.commit()
    long, *waiting = claim_due()
    presence().begin(long)
    return_unbegun(after=60)
    assert states() == {JobState.RUNNING: 3}
    return_unbegun(after=0)
    assert states() == {JobState.RUNNING: 1, JobState.WAITING: 2}
    assert not any(presence().begin(each) for each in waiting)
    assert drain_jobs() == 2
    assert {job.attempts for job in db.session.scalars(select(Job))} == {1}


def test_giving_back_what_another_took_meanwhile_changes_nothing(write, app):
    schedule(write, name="spring")
    db.session.commit()
    (claim,) = claim_due()
    db.session.execute(update(Job).values(worker="elsewhere"))
    give_back([claim])
    assert (only_job().state, only_job().attempts) == (JobState.RUNNING, 1)


def leases():
    found = dict(db.session.execute(select(Job.id, Job.lease_until)).all())
    db.session.commit()
    return found


def test_what_a_thread_of_ours_claims_while_another_heals_is_let_be(write, app):
    for name in range(20):
        schedule(write, name=str(name))
    db.session.commit()
    for _each in range(5):  # so that ours is hardly ever the first that is looked at
        dead = Presence(presence().data)
        dead.enter()
        dead._lock.release()
    with claiming_before_each_transaction(app) as claimed:
        heal()
    assert len(claimed) > 1
    assert states() == {JobState.RUNNING: len(claimed), JobState.WAITING: 20 - len(claimed)}


def test_what_was_lost_and_claimed_anew_is_not_dropped_by_the_thread_that_comes_back(write, app):
    schedule(write, name="spring")
    db.session.commit()
    (lost,) = claim_due()
    presence().lose(lost)
    heal()
    (anew,) = claim_due()
    presence().drop([lost])
    heal()
    assert (presence().in_hand(), only_job().state) == ([anew], JobState.RUNNING)


@contextmanager
def claiming_before_each_transaction(app):
    """Another thread takes one job whenever this one begins a transaction."""
    claimed = []

    def claim_one():
        with app.app_context():
            claimed.extend(claim_due(1))

    def begins(_connection):
        if threading.current_thread() is here:
            other = threading.Thread(target=claim_one)
            other.start()
            other.join()

    here = threading.current_thread()
    event.listen(db.engine, "engine_connect", begins)
    try:
        yield claimed
    finally:
        event.remove(db.engine, "engine_connect", begins)
