from host.db import db
from host.jobs import JobState, schedule
from tests.host.jobs.seen import only_job, written


def test_a_job_runs_after_the_commit(write, drain_jobs):
    schedule(write, name="spring")
    assert drain_jobs() == 1
    assert written() == ["spring"]
    job = only_job()
    assert (job.state, job.summary, job.attempts) == (JobState.DONE, "wrote spring", 1)
    assert job.finished_at >= job.started_at >= job.created_at


def test_what_is_rolled_back_never_runs(write, drain_jobs):
    schedule(write, name="spring")
    db.session.rollback()
    assert drain_jobs() == 0
