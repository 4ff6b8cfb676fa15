"""What a job says at its end, however odd, costs nobody the job."""

import pytest

from host.jobs import JobState, Task, schedule
from tests.host.jobs.seen import only_job

ODD = {"nul": "before \0 after", "surrogate": "before \udcff after"}


@pytest.fixture(params=ODD.values(), ids=ODD.keys())
def odd(request):
    return request.param


def test_an_error_that_no_column_takes_is_kept_without_what_is_odd(declare, drain_jobs, odd):
    def run():
        raise OSError(odd)

    task = Task("probe.odd", run)
    declare(task)
    schedule(task)
    assert drain_jobs() == 1
    job = only_job()
    assert (job.state, job.attempts) == (JobState.WAITING, 1)
    assert "OSError: before" in job.error


def test_a_summary_that_no_column_takes_is_kept_without_what_is_odd(declare, drain_jobs, odd):
    task = Task("probe.odd", lambda: odd)
    declare(task)
    schedule(task)
    assert drain_jobs() == 1
    job = only_job()
    assert job.state is JobState.DONE
    assert job.summary.startswith("before")
    assert job.summary.endswith("after")


@pytest.mark.parametrize(("returned", "kept"), [(0, "0"), ([3, "cards"], "[3, 'cards']"), ("", None), (None, None)])
def test_what_a_task_returns_is_kept_as_text(declare, drain_jobs, returned, kept):
    task = Task("probe.counts", lambda: returned)
    declare(task)
    schedule(task)
    drain_jobs()
    job = only_job()
    assert (job.state, job.summary) == (JobState.DONE, kept)
