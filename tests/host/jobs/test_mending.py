"""Retry and discard."""

import pytest

from host.db import db
from host.errors import Fault, NotFound
from host.jobs import JobState, Periodic, Task, drain, every, schedule
from host.jobs.batch import claim_due
from host.jobs.mending import discard, find, retry
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
