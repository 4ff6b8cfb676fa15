"""How far a long job is."""

from host.db import db
from host.jobs import Job, JobState, Task, checkpoint, schedule
from tests.host.jobs.seen import only_job


def seen_from_outside():
    with db.engine.connect() as connection:
        return tuple(connection.execute(db.select(Job.progress, Job.progress_of)).one())


def test_it_is_seen_while_the_job_runs_and_whole_in_the_end(declare, drain_jobs):
    seen = []

    def run():
        for done in (0, 300):
            checkpoint(done, 1000)
            seen.append(seen_from_outside())
        checkpoint()
        seen.append(seen_from_outside())

    task = Task("probe.long", run)
    declare(task)
    schedule(task)
    drain_jobs()
    assert seen == [(0, 1000), (300, 1000), (300, 1000)]
    job = only_job()
    assert (job.state, job.progress, job.progress_of) == (JobState.DONE, 1000, 1000)


def test_another_try_begins_anew(declare, drain_jobs, travel):
    seen = []

    def run():
        seen.append(seen_from_outside())
        checkpoint(5, 10)
        raise OSError("no answer")

    task = Task("probe.long", run, attempts=2)
    declare(task)
    schedule(task)
    drain_jobs()
    travel(hours=1)
    drain_jobs()
    assert [done for done, _of in seen] == [None, None]


def test_it_may_be_told_in_bytes(declare, drain_jobs):
    task = Task("probe.copy", lambda: checkpoint(5 * 2**40, 6 * 2**40))
    declare(task)
    schedule(task)
    drain_jobs()
    assert only_job().progress == 6 * 2**40


def test_one_that_says_nothing_has_none(write, drain_jobs):
    schedule(write, name="spring")
    drain_jobs()
    assert only_job().progress is None
