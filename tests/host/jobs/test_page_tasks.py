"""The jobs page: bringing jobs forward, pausing tasks, progress, and the dot on other pages."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from host import db
from host.clock import now
from host.jobs import Job, JobState, Periodic, Task, checkpoint, drain, every, schedule
from host.jobs.batch import claim_due
from host.jobs.pauses import paused
from host.jobs.presence import presence
from host.jobs.tick import tick
from host.testing import sign_in
from tests.host.jobs.seen import only_job, states, written

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what it does is tested on both")


@pytest.fixture
def seen():
    """The page, at each step of the task."""
    return []


@pytest.fixture
def sweep(client, declare, write, seen):
    """A periodic task that says how far it is."""

    def sweeping() -> str:
        for done in (300, 600):
            checkpoint(done, 1000)
            seen.append(client.get("/jobs").text)
        return "swept 1,000 corners"

    declare(write, Periodic(every(minutes=15), Task("probe.sweep", sweeping), title="Sweep the barn"))


def posted(client, path):
    return client.get(client.post(path).headers["Location"]).text


def test_a_scheduled_job_is_brought_forward(client, write):
    job_id = schedule(write, name="spring", delay=timedelta(days=3)).id
    db.session.commit()
    assert f"Run now: job {job_id}" in client.get("/jobs").text
    assert f"Job {job_id} runs." in posted(client, f"/jobs/{job_id}/run")
    drain()
    assert written() == ["spring"]
    assert "has begun or ended" in posted(client, f"/jobs/{job_id}/run")
    assert client.post("/jobs/999/run").status_code == 404


def test_what_waits_can_be_discarded_and_what_runs_cannot(client, write):
    waiting, running = schedule(write, name="spring", delay=timedelta(days=3)).id, schedule(write, name="summer").id
    db.session.commit()
    claim_due()
    page = client.get("/jobs").text
    assert f"Discard job {waiting}" in page
    assert f"Discard job {running}" not in page
    assert "cannot be discarded" in posted(client, f"/jobs/{running}/discard")
    assert f"Job {waiting} is gone." in posted(client, f"/jobs/{waiting}/discard")
    assert states() == {JobState.RUNNING: 1}
    presence().drop(presence().in_hand())


def test_a_task_is_paused_and_resumed(client, sweep, travel):
    page = posted(client, "/tasks/probe.sweep/pause")
    assert "“Sweep the barn” is paused." in page
    assert "Resume: Sweep the barn" in page
    assert "Next five" not in page
    assert paused() == {"probe.sweep"}
    page = posted(client, "/tasks/probe.sweep/pause/delete")
    assert "“Sweep the barn” runs by itself again." in page
    assert "Pause: Sweep the barn" in page
    assert paused() == set()
    assert client.post("/tasks/probe.nothing/pause").status_code == 404
    assert client.post("/tasks/probe.nothing/pause/delete").status_code == 404


def test_a_paused_task_runs_when_it_is_told_to(client, sweep):
    client.post("/tasks/probe.sweep/pause")
    tick()
    assert states() == {}
    client.post("/tasks/probe.sweep/runs")
    drain()
    assert "swept 1,000 corners" in client.get("/jobs").text


def test_all_jobs_are_paused_and_resumed(client, sweep, write):
    schedule(write, name="spring")
    db.session.commit()
    page = posted(client, "/jobs/pause")
    assert "No job begins until you resume." in page
    assert "Resume the worker" in page
    assert "Jobs are paused" in client.get("/settings/people").text
    assert "Jobs are paused. It runs once you resume." in posted(client, "/tasks/probe.sweep/runs")
    assert (drain(), client.get("/healthz").json["jobs_paused"]) == (0, True)
    page = posted(client, "/jobs/pause/delete")
    assert "Jobs run again." in page
    assert "Pause the worker" in page
    assert (drain(), written()) == (2, ["spring"])


def test_the_next_five_times(client, sweep, travel):
    travel(seconds=(datetime(2030, 5, 1, 10, 7, tzinfo=UTC) - now()).total_seconds())
    times = re.findall(r'<time datetime="([^"]+)">', client.get("/jobs").text)
    quarters = [datetime(2030, 5, 1, 10, 15, tzinfo=UTC) + timedelta(minutes=15 * n) for n in range(5)]
    assert [datetime.fromisoformat(time) for time in times] == quarters


def test_progress_and_in_the_end_the_summary(client, sweep, seen):
    client.post("/tasks/probe.sweep/runs")
    drain()
    for page, words, value in zip(seen, ("300 of 1,000", "600 of 1,000"), ("300", "600"), strict=True):
        for part in page.split('id="tasks-h"'):  # in the queue and with the task
            assert words in part
            assert f'<progress max="1000" value="{value}"' in part
    page = client.get("/jobs").text
    assert "swept 1,000 corners" in page
    assert "<progress" not in page


@pytest.mark.parametrize(("of", "words"), [(None, "1,234 done"), (0, "1,234 done")])
def test_progress_towards_an_unknown_end(client, sweep, of, words):
    db.session.add(Job(task="probe.sweep", state=JobState.RUNNING, progress=1234, progress_of=of, started_at=now()))
    db.session.commit()
    page = client.get("/jobs").text
    assert words in page
    assert "<progress" not in page


def test_parked_jobs_are_a_fact_when_there_are_any(client, declare, write):
    assert "<dt>Parked</dt>" not in client.get("/jobs").text
    schedule(write, name="spring")
    db.session.commit()
    declare(Task("probe.other", lambda: None))
    drain()
    assert "<dt>Parked</dt><dd><strong>1</strong>for" in client.get("/jobs").text
    assert only_job().state is JobState.PARKED


def test_the_dot_is_asked_for_again_when_it_changed(client, anonymous, member, write):
    assert 'hx-get="/jobs/dot" hx-trigger="live:health from:body"' in client.get("/settings/people").text
    db.session.add(Job(task="probe.write", state=JobState.FAILED))
    db.session.commit()
    dot = client.get("/jobs/dot").text
    assert "1 job failed" in dot
    assert "<html" not in dot
    sign_in(anonymous, member)
    assert anonymous.get("/jobs/dot").status_code == 403
    assert "/jobs/dot" not in anonymous.get("/settings/people").text


def test_who_is_no_admin_may_do_none_of_it(anonymous, member, write):
    job_id = schedule(write, name="spring", delay=timedelta(days=1)).id
    db.session.commit()
    sign_in(anonymous, member)
    tasks = ("/tasks/probe.sweep/pause", "/tasks/probe.sweep/pause/delete")
    for path in (f"/jobs/{job_id}/run", "/jobs/retries", *tasks):
        assert anonymous.post(path).status_code == 403, path
