"""Asking for jobs, moving them by their key, taking them back."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from host.clock import now
from host.db import db
from host.jobs import Job, JobState, Task, cancel, reschedule, schedule
from host.jobs.batch import claim_due
from host.jobs.heal import heal
from host.jobs.outcome import fail
from host.jobs.waiting import wait_again
from tests.host.jobs.seen import only_job, states, written


@pytest.fixture
def rung(app):
    """The times for which the app's bell was rung."""

    class Bell:
        def __init__(self):
            self.times = []

        def ring(self, at):
            self.times.append(at)

    bell = app.extensions["fallow"].doorbell = Bell()
    return bell.times


def test_a_key_moves_the_job_that_waits(write, drain_jobs):
    schedule(write, key="bundle", delay=timedelta(hours=1), name="old")
    moved = schedule(write, key="bundle", name="new")
    assert (moved.id, moved.payload) == (only_job().id, {"name": "new"})
    drain_jobs()
    assert written() == ["new"]


def test_a_key_belongs_to_its_task(declare, write, drain_jobs):
    other = Task("probe.other", write.run)
    declare(write, other)
    schedule(write, key="bundle", name="one")
    schedule(other, key="bundle", name="two")
    assert drain_jobs() == 2


def test_a_key_asked_for_while_it_runs_runs_once_more(declare, drain_jobs):
    ran = []

    def again(n: int) -> None:
        ran.append(n)
        if n < 2:
            schedule(task, key="again", n=n + 1)

    task = Task("probe.again", again)
    declare(task)
    schedule(task, key="again", n=0)
    assert drain_jobs() == 3
    assert ran == [0, 1, 2]


def test_a_retry_whose_key_was_asked_for_meanwhile_loses_nothing(write, app):
    schedule(write, key="bundle", name="first")
    db.session.commit()
    (claim,) = claim_due()
    schedule(write, key="bundle", name="second")
    db.session.commit()
    fail(claim, ValueError("the first failed"))
    assert states() == {JobState.WAITING: 2}
    keys = {job.payload["name"]: job.key for job in db.session.scalars(select(Job))}
    assert keys == {"first": None, "second": "probe.write:bundle"}


def test_asking_again_for_a_retry_gives_it_new_tries_but_never_an_old_number(write, app):
    schedule(write, key="bundle", name="first")
    db.session.commit()
    fail(claim_due()[0], ValueError("it failed"))
    schedule(write, key="bundle", name="second")
    job = only_job()
    assert (job.attempts, job.most_attempts, job.payload) == (1, 6, {"name": "second"})


def test_two_transactions_that_ask_for_one_key_at_once(write, app, database, drain_jobs):
    """The second waits for the first to commit, and then moves its job."""
    asking = threading.Event()

    def second() -> None:
        with app.app_context():
            asking.set()
            schedule(write, key="bundle", name="second")
            db.session.commit()

    schedule(write, key="bundle", name="first")
    thread = threading.Thread(target=second)
    thread.start()
    asking.wait()
    thread.join(0.3)  # let it come as far as it can; whichever way, the outcome must be the same
    db.session.commit()
    thread.join()
    assert only_job().payload == {"name": "second"}
    assert drain_jobs() == 1


def test_a_job_put_back_beside_one_of_its_key_in_an_open_transaction(write, app):
    schedule(write, key="bundle", name="first")
    db.session.commit()
    (claim,) = claim_due()

    def put_back() -> None:
        with app.app_context():
            wait_again(claim.held)
            db.session.commit()

    schedule(write, key="bundle", name="second")
    thread = threading.Thread(target=put_back)
    thread.start()
    thread.join(0.3)
    db.session.commit()
    thread.join()
    assert states() == {JobState.WAITING: 2}


def test_cancel_takes_a_waiting_job_back(write, drain_jobs):
    job = schedule(write, delay=timedelta(hours=1), name="spring")
    db.session.commit()
    assert cancel(job)
    assert not cancel(job)
    assert drain_jobs() == 0
    assert states() == {}


def test_cancel_by_id_and_in_the_transaction_that_asked(write):
    assert cancel(schedule(write, name="spring").id)
    assert not cancel(12345)
    assert states() == {}


def test_what_is_running_cannot_be_cancelled(write, app):
    job_id = schedule(write, name="spring").id
    db.session.commit()
    claim_due()
    assert not cancel(job_id)


def test_a_task_that_nobody_registered_is_refused(declare, write):
    with pytest.raises(LookupError, match=r"probe\.stray"):
        schedule(Task("probe.stray", lambda: None))


def test_a_time_and_a_delay_are_one_too_many(write):
    with pytest.raises(ValueError, match="not both"):
        schedule(write, at=now(), delay=timedelta(hours=1), name="spring")


def test_the_bell_rings_after_the_commit_once_for_each_time(write, rung):
    at = now() + timedelta(minutes=1)
    schedule(write, at=at, name="one")
    schedule(write, at=at, name="two")
    assert rung == []
    db.session.commit()
    assert rung == [at]
    db.session.commit()
    assert rung == [at]


def test_the_bell_rings_once_for_all_that_is_due_and_once_for_each_second_to_come(write, rung):
    minute = now().replace(microsecond=0) + timedelta(minutes=1)
    for number in range(50):
        schedule(write, name=str(number))
        schedule(write, at=minute + timedelta(milliseconds=40 * number), name=str(number))
    asked = now()
    db.session.commit()
    due, first, second = rung
    assert due <= asked
    assert (first, second) == (minute + timedelta(milliseconds=960), minute + timedelta(milliseconds=1960))


def test_the_bell_is_silent_after_a_rollback(write, rung):
    schedule(write, name="spring")
    db.session.rollback()
    db.session.commit()
    assert rung == []


def test_a_worker_that_finds_more_rings_for_others(write, rung):
    for number in range(2):
        schedule(write, name=str(number))
    db.session.commit()
    rung.clear()
    claim_due(1)
    assert rung == []
    heal()
    claim_due(1)
    schedule(write, name="x")
    schedule(write, name="y")
    db.session.commit()
    rung.clear()
    claim_due()
    assert len(rung) == 1


def test_a_job_is_moved_to_another_time(write, drain_jobs, rung, travel):
    job = schedule(write, delay=timedelta(hours=5), name="spring")
    db.session.commit()
    sooner = now() + timedelta(hours=1)
    assert reschedule(job, sooner)
    db.session.commit()
    assert rung[-1] == sooner
    assert drain_jobs() == 0
    travel(hours=1, seconds=1)
    assert drain_jobs() == 1
    assert not reschedule(1, now())
    assert not reschedule(99, now())


def test_a_move_that_is_rolled_back_was_none(write, rung):
    job = schedule(write, delay=timedelta(hours=5), name="spring")
    db.session.commit()
    before = job.run_at
    reschedule(job, now())
    db.session.rollback()
    assert only_job().run_at == before


def test_what_runs_is_not_moved(write, app):
    schedule(write, name="spring")
    db.session.commit()
    (claim,) = claim_due()
    assert not reschedule(claim.job_id, now())


@pytest.mark.parametrize("value", [timedelta(1), float("nan"), {1, 2}, b"bytes"], ids=["span", "NaN", "set", "bytes"])
def test_a_payload_that_is_no_json_is_refused_and_leaves_nothing(write, value):
    with pytest.raises(TypeError, match=r"the payload of probe\.write is no JSON"):
        schedule(write, name=value)
    db.session.commit()
    assert states() == {}


def test_a_payload_that_is_too_large_is_refused_and_says_what_to_do(write, drain_jobs):
    with pytest.raises(ValueError, match=r"70,012 bytes as JSON and may have 65,536: keep it in a table"):
        schedule(write, name="x" * 70_000)
    schedule(write, name="x" * 100)
    assert drain_jobs() == 1


@pytest.mark.parametrize("name", ["key", "lane"])
def test_a_key_or_a_lane_that_no_column_can_hold_is_refused(write, name):
    with pytest.raises(ValueError, match="characters"):
        schedule(write, name="spring", **{name: "x" * 200})
