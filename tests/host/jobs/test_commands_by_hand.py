"""fallow tasks and jobs: what one does by hand about many of them, or about a task for good."""

import json
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from host.db import db
from host.jobs import Job, JobState, drain, schedule
from host.jobs.known import tasks
from host.jobs.periodic import plan
from tests.host.jobs.seen import states
from tests.host.jobs.test_commands import data, fallow, listed, program

__all__ = ["data", "fallow", "program"]  # fixtures


def test_a_task_is_shown_with_its_times_and_its_runs(fallow):
    assert "It has not run yet." in fallow("tasks", "show", "barn.sweep").stdout
    fallow("tasks", "run", "barn.sweep")
    shown = json.loads(fallow("tasks", "show", "barn.sweep", "--json").stdout)
    assert (shown["title"], shown["runs"][0]["state"]) == ("Sweep the barn", "done")
    times = [datetime.fromisoformat(at) for at in shown["coming"]]
    assert len(times) == 5
    assert {(later - earlier).seconds for earlier, later in pairwise(times)} == {3600}
    said = fallow("tasks", "show", "barn.sweep").stdout
    assert f"{times[4]:%Y-%m-%d %H:%M}" in said
    assert "every hour" in said
    assert "swept 3 corners" in said
    assert fallow("tasks", "show", "barn.swept").exit_code == 1


def test_a_task_is_paused_and_resumed(fallow, program):
    assert fallow("tasks", "pause", "barn.sweep").stdout == "barn.sweep is paused.\n"
    (row,) = [row for row in listed(fallow("tasks", "list", "--json")) if row["task"] == "barn.sweep"]
    assert (row["paused"], row["next"]) == (True, None)
    assert json.loads(fallow("tasks", "show", "barn.sweep", "--json").stdout)["coming"] == []
    plan()
    assert {job.task for job in db.session.scalars(db.select(Job))} == {"barn.gate"}
    db.session.commit()
    assert fallow("tasks", "resume", "barn.sweep").stdout == "barn.sweep runs by itself again.\n"
    assert len(json.loads(fallow("tasks", "show", "barn.sweep", "--json").stdout)["coming"]) == 5
    for command in ("pause", "resume"):
        assert "There is no periodic task “barn.swept”." in fallow("tasks", command, "barn.swept").stderr


@pytest.fixture
def failed(program):
    """Three failed jobs of a task, and one of another's."""
    for name in ("gate", "gate", "gate", "sweep"):
        job = schedule(tasks()[f"barn.{name}"])
        job.state = JobState.FAILED
    db.session.commit()


@pytest.mark.parametrize(
    ("words", "said", "left"),
    [
        ([], "4 jobs wait to run again.\n", 0),
        (["--task", "barn"], "4 jobs wait to run again.\n", 0),
        (["--task", "barn.sweep"], "1 job waits to run again.\n", 3),
        (["--task", "barn.roof"], "There is no job to run again.\n", 4),
    ],
)
def test_all_are_tried_again(fallow, failed, words, said, left):
    assert fallow("jobs", "retry", "--all", *words).stdout == said
    assert states().get(JobState.FAILED, 0) == left


@pytest.mark.parametrize("words", [[], ["1", "--all"], ["1", "--task", "barn"], ["--task", "barn"]])
def test_one_or_all_and_not_both(fallow, failed, words):
    result = fallow("jobs", "retry", *words)
    assert result.exit_code == 2
    assert "Give the id of a job, or --all" in result.stderr
    assert states() == {JobState.FAILED: 4}


def test_jobs_are_listed_by_task(fallow, failed):
    assert len(listed(fallow("jobs", "list", "--task", "barn", "--json"))) == 4
    (row,) = listed(fallow("jobs", "list", "--task", "barn.sweep", "--state", "failed", "--json"))
    assert row["task"] == "barn.sweep"
    assert fallow("jobs", "list", "--task", "barn.roof").stdout == "There is no such job.\n"


@pytest.mark.parametrize(("done", "of", "said"), [(300, 1000, "300 of 1000"), (300, None, "300"), (None, None, None)])
def test_a_job_says_how_far_it_is(fallow, program, done, of, said):
    job = schedule(tasks()["barn.sweep"])
    job.progress, job.progress_of = done, of
    job_id = job.id
    db.session.commit()
    assert json.loads(fallow("jobs", "show", str(job_id), "--json").stdout)["progress"] == said


def test_all_jobs_are_paused_and_resumed(fallow, program):
    assert fallow("jobs", "pause").stdout == "No job begins until `fallow jobs resume`.\n"
    schedule(tasks()["barn.sweep"])
    db.session.commit()
    assert drain() == 0
    assert fallow("jobs", "resume").stdout == "Jobs run again.\n"
    assert drain() == 1


def test_a_scheduled_job_is_run_at_once(fallow, program):
    job_id = schedule(tasks()["barn.sweep"], delay=timedelta(days=3)).id
    db.session.commit()
    assert fallow("jobs", "run", str(job_id)).stdout == f"Job {job_id} is due now.\n"
    assert drain() == 1
    assert "has begun or ended" in fallow("jobs", "run", str(job_id)).stderr
