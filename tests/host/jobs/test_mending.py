"""Retry and discard."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from host.clock import now
from host.db import db
from host.errors import Fault, NotFound
from host.jobs import Job, JobState, Periodic, Task, drain, every, schedule
from host.jobs.batch import claim_due
from host.jobs.mending import bring_forward, discard, find, retry, retry_all
from host.jobs.periodic import plan
from host.jobs.tick import tick
from tests.host.jobs.seen import only_job, states
from tests.host.jobs.test_periodic import runs


@pytest.fixture
def mended():
    """Whether `broken` works by now: `mended.append(True)`."""
    return []


@pytest.fixture
def broken(declare, mended):
    """A task that raises until it is mended."""

    def run() -> str:
        if not mended:
            raise ValueError("the hinge is rusty")
        return "swings"

    task = Task("probe.gate", run, attempts=1)
    declare(Periodic(every(hours=1), task, title="Open the gate"))
    return task


@pytest.fixture
def failed(broken):
    """The id of a job that has failed."""
    job_id = schedule(broken).id
    db.session.commit()
    drain()
    return job_id


def test_retry_runs_it_again_and_keeps_counting(failed, mended):
    mended.append(True)
    retry(failed)
    db.session.commit()
    assert drain() == 1
    job = only_job()
    assert (job.state, job.attempts, job.most_attempts, job.summary) == (JobState.DONE, 2, 2, "swings")


def test_retry_of_what_has_not_failed_is_refused(broken, failed):
    retry(failed)
    with pytest.raises(Fault, match="has not failed"):
        retry(failed)


def test_retry_of_a_periodic_run_takes_its_run_along(broken, mended):
    tick()
    assert [run.state for run in runs()] == [JobState.FAILED]
    mended.append(True)
    retry(only_job().id)
    db.session.commit()
    drain()
    (run,) = runs()
    assert (run.state, run.summary) == (JobState.DONE, "swings")


def test_retry_beside_a_newer_run_is_refused(broken, travel):
    tick()
    old = only_job().id
    travel(hours=1)
    plan()
    with pytest.raises(Fault, match="newer run"):
        retry(old)


def test_discard(failed):
    discard(failed)
    db.session.commit()
    assert states() == {}
    with pytest.raises(NotFound):
        find(failed)


def test_discarding_a_waiting_run_lets_the_next_one_come(broken, travel):
    plan()
    discard(only_job().id)
    db.session.commit()
    (run,) = runs()
    assert (run.state, run.job_id, run.finished_at is None) == (JobState.FAILED, None, False)
    travel(hours=1)
    plan()
    assert len(runs()) == 2


def test_what_runs_cannot_be_discarded(broken, app):
    job_id = schedule(broken).id
    db.session.commit()
    claim_due()
    with pytest.raises(Fault, match="cannot be discarded"):
        discard(job_id)


def test_all_that_failed_is_tried_again_but_for_a_task_with_a_newer_run(broken, failed, travel):
    plan()
    drain()
    travel(hours=1)
    plan()  # the newer run, which waits
    assert retry_all() == 1
    db.session.commit()
    assert find(failed).state is JobState.WAITING
    assert states() == {JobState.WAITING: 2, JobState.FAILED: 1}


@pytest.mark.parametrize(
    ("of", "again"), [("probe", 1), ("probe.gate", 1), ("prob", 0), ("probe.gat", 0), ("other", 0)]
)
def test_all_of_a_task_or_a_plugin(failed, of, again):
    assert retry_all(of) == again


def test_a_job_that_waits_for_later_is_brought_forward(broken, mended):
    mended.append(True)
    job_id = schedule(broken, delay=timedelta(days=1)).id
    bring_forward(job_id)
    db.session.commit()
    assert drain() == 1
    with pytest.raises(Fault, match="has begun or ended"):
        bring_forward(job_id)
    with pytest.raises(NotFound):
        bring_forward(999)


def test_a_parked_job_cannot_be_brought_forward(broken, declare):
    job_id = schedule(broken, delay=timedelta(days=1)).id
    find(job_id).state = JobState.PARKED
    db.session.flush()
    with pytest.raises(Fault, match="cannot be brought forward"):
        bring_forward(job_id)


def test_one_that_is_due_keeps_its_place_when_it_is_brought_forward(broken):
    due = now() - timedelta(hours=1)
    bring_forward(schedule(broken, at=due).id)
    assert only_job().run_at == due


def test_however_many_failed_it_takes_a_few_statements(broken, failed, statements, mended):
    def needed():
        db.session.execute(update(Job).values(state=JobState.FAILED))
        with statements() as seen:
            assert retry_all() > 0
        db.session.commit()
        return len(seen)

    few = needed()
    for _number in range(30):
        schedule(broken)
    db.session.commit()
    assert needed() == few
    mended.append(True)
    drain()
    assert states() == {JobState.DONE: 31}


def test_a_run_is_discarded_while_a_worker_wants_to_claim_it(app, broken):
    plan()
    job_id = only_job().id
    claimed = []

    def claim_it():
        with app.app_context():
            claimed.extend(claim_due())

    def halfway(_connection, _cursor, statement, *_more):
        if statement.startswith("UPDATE task_run") and threading.current_thread() is not worker and not worker.ident:
            worker.start()
            worker.join(1)  # SQLite lets it wait

    worker = threading.Thread(target=claim_it)
    event.listen(db.engine, "after_cursor_execute", halfway)
    try:
        discard(job_id)
        db.session.commit()
    finally:
        event.remove(db.engine, "after_cursor_execute", halfway)
        worker.join()
    assert (claimed, states()) == ([], {})
