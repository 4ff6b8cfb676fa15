"""Jobs and periodic tasks by the API."""

from datetime import UTC, datetime, timedelta

import pytest

from host import Account, db
from host.clock import now
from host.jobs import Job, JobState, Periodic, Task, drain, every, schedule
from host.jobs.batch import claim_due
from host.jobs.presence import presence
from host.jobs.tick import tick
from host.models.token import Scope
from host.plugging import Loaded
from host.plugging.checks import Declared


@pytest.fixture
def gate(app):
    """A task that raises at its only try; another that waits, and a periodic one."""

    def raising(**_payload) -> None:
        raise ValueError("the hinge is rusty")

    gate = Task("barn.gate", raising, attempts=1)
    sweep = Periodic(every(minutes=15), Task("barn.sweep", lambda: "swept 3 corners"), title="Sweep the barn")
    declared = Declared(tasks=(gate, Task("barn.paint", lambda: None), sweep))
    found = app.extensions["fallow"].plugins.found
    found["barn"] = Loaded("barn", "barn", "folder", standing="on", declared=declared)
    yield gate
    del found["barn"]


@pytest.fixture
def failed(gate):
    """The id of a job of it that has failed."""
    job_id = schedule(gate, key="front", colour="red").id
    db.session.commit()
    drain()
    return job_id


def test_a_job(ada, failed):
    job = ada("GET", f"/jobs/{failed}").json
    assert (job["task"], job["state"], job["attempts"], job["most_attempts"]) == ("barn.gate", "failed", 1, 1)
    assert (job["payload"], job["key"], job["lane"], job["priority"]) == ({"colour": "red"}, "barn.gate:front", None, 1)
    assert job["reason"] == "ValueError: the hinge is rusty"
    assert job["error"].startswith("Traceback (most recent call last)")
    assert datetime.fromisoformat(job["finished_at"]).utcoffset() == timedelta()


def test_jobs_by_state_and_by_task_or_plugin(ada, failed, gate):
    for days in (3, 1, 2):
        schedule(gate, delay=timedelta(days=days), days=days)
    db.session.add(Job(task="barn.paint", state=JobState.RUNNING, progress=3, progress_of=9))
    db.session.add(Job(task="barns.paint", state=JobState.DONE, finished_at=now(), summary="painted"))
    db.session.commit()

    def asked(query):
        return [(job["task"], job["state"]) for job in ada("GET", f"/jobs{query}").json]

    assert len(asked("")) == 6
    assert asked("?state=failed") == [("barn.gate", "failed")]
    assert asked("?state=done") == [("barns.paint", "done")]
    assert asked("?task=barn.paint") == [("barn.paint", "running")]
    assert len(asked("?task=barn")) == 5
    assert asked("?task=bar_") == []
    assert asked("?state=waiting") == []
    scheduled = ada("GET", "/jobs?state=scheduled&per_page=2")
    assert [job["run_at"] for job in scheduled.json] == sorted(job["run_at"] for job in scheduled.json)
    assert scheduled.headers["X-Total-Count"] == "3"
    assert 'rel="next"' in scheduled.headers["Link"]
    (running,) = ada("GET", "/jobs?state=running").json
    assert (running["progress"], running["progress_of"]) == (3, 9)
    assert "error" not in running
    answer = ada("GET", "/jobs?state=dead")
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["state"])


def test_retry(ada, failed):
    answer = ada("POST", f"/jobs/{failed}/retry")
    assert (answer.status_code, answer.json["state"], answer.json["most_attempts"]) == (202, "waiting", 2)
    again = ada("POST", f"/jobs/{failed}/retry")
    assert (again.status_code, again.json["detail"]) == (
        409,
        f"Job {failed} has not failed, so there is nothing to try again.",
    )
    assert ada("GET", "/jobs?state=waiting").json[0]["id"] == failed


def test_discard(ada, failed, gate):
    assert ada("DELETE", f"/jobs/{failed}").status_code == 204
    assert ada("GET", f"/jobs/{failed}").status_code == 404
    running = schedule(gate).id
    db.session.commit()
    claim_due()
    assert ada("DELETE", f"/jobs/{running}").status_code == 409
    presence().drop(presence().in_hand())


def test_tasks(ada, gate, travel):
    travel(seconds=(datetime(2030, 5, 1, 10, 7, tzinfo=UTC) - now()).total_seconds())
    (task,) = ada("GET", "/tasks").json
    assert task == {
        "name": "barn.sweep",
        "title": "Sweep the barn",
        "plugin": "barn",
        "schedule": "every 15 minutes",
        "catch_up": True,
        "paused": False,
        "coming": [f"2030-05-01T{time}:00+00:00" for time in ("10:15", "10:30", "10:45", "11:00", "11:15")],
        "last": None,
    }
    tick()
    task = ada("GET", "/tasks/barn.sweep").json
    assert (task["last"]["state"], task["last"]["summary"]) == ("done", "swept 3 corners")
    assert task["last"]["slot"] == "2030-05-01T10:00:00+00:00"


def test_run_now(ada, gate, owner):
    owner_id = owner.id
    answer = ada("POST", "/tasks/barn.sweep/runs")
    run = answer.json
    assert (answer.status_code, run["state"], run["slot"], run["asked_by_id"]) == (202, "waiting", None, owner_id)
    assert ada("GET", f"/jobs/{run['job_id']}").json["task"] == "barn.sweep"
    claim_due()
    refused = ada("POST", "/tasks/barn.sweep/runs")
    assert (refused.status_code, refused.json["detail"]) == (409, "“Sweep the barn” is running already.")
    presence().drop(presence().in_hand())


def test_runs(ada, gate):
    for _run in range(3):
        ada("POST", "/tasks/barn.sweep/runs")
        drain()
    runs = ada("GET", "/tasks/barn.sweep/runs?per_page=2")
    assert [run["summary"] for run in runs.json] == ["swept 3 corners"] * 2
    assert runs.json[0]["id"] > runs.json[1]["id"]
    assert runs.headers["X-Total-Count"] == "3"


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_pause(ada, gate, method):
    for _twice in range(2):
        answer = ada(method, "/tasks/barn.sweep/pause")
        assert (answer.status_code, answer.json["paused"], answer.json["coming"]) == (200, True, [])
    tick()
    assert ada("GET", "/tasks/barn.sweep/runs").json == []
    for _twice in range(2):
        answer = ada("DELETE", "/tasks/barn.sweep/pause")
        assert (answer.status_code, answer.json["paused"], len(answer.json["coming"])) == (200, False, 5)


def test_all_failed_ones_again_or_those_of_a_task_or_plugin(ada, failed, gate):
    schedule(gate, key="back")
    db.session.commit()
    drain()
    for given, again in (({"task": "fields"}, 0), ({"task": "barn.gate"}, 2), ({}, 0)):
        answer = ada("POST", "/jobs/retries", json=given)
        assert (answer.status_code, answer.json) == (202, {"jobs": again})
    drain()
    assert ada("POST", "/jobs/retries", json={"task": "barn"}).json == {"jobs": 2}
    assert ada("POST", "/jobs/retries", json={"task": 7}).status_code == 422


def test_a_scheduled_one_at_once(ada, gate):
    job_id = schedule(gate, delay=timedelta(days=3)).id
    db.session.commit()
    answer = ada("POST", f"/jobs/{job_id}/run")
    assert (answer.status_code, answer.json["state"]) == (202, "waiting")
    drain()
    assert ada("POST", f"/jobs/{job_id}/run").status_code == 409


def test_health_and_pausing_all(ada, failed, gate):
    schedule(gate, delay=timedelta(days=3))
    db.session.commit()
    told = ada("GET", "/jobs/health").json
    assert (told["failed"], told["scheduled"], told["waiting"], told["paused_at"]) == (1, 1, 0, None)
    schedule(gate)
    db.session.commit()
    for method in ("PUT", "POST"):
        assert datetime.fromisoformat(ada(method, "/jobs/pause").json["paused_at"]).utcoffset() == timedelta()
    assert (drain(), ada("GET", "/jobs/health").json["waiting"]) == (0, 1)
    for _twice in range(2):
        assert ada("DELETE", "/jobs/pause").json["paused_at"] is None
    assert drain() == 1


def everything(job_id):
    """(method, path) of each resource."""
    yield from (("GET", "/jobs"), ("GET", f"/jobs/{job_id}"), ("POST", f"/jobs/{job_id}/retry"))
    yield from (("POST", "/jobs/retries"), ("POST", f"/jobs/{job_id}/run"), ("GET", "/jobs/health"))
    yield from ((method, "/jobs/pause") for method in ("PUT", "POST", "DELETE"))
    yield from (("GET", "/tasks"), ("GET", "/tasks/barn.sweep"))
    yield from ((method, "/tasks/barn.sweep/runs") for method in ("GET", "POST"))
    yield from ((method, "/tasks/barn.sweep/pause") for method in ("PUT", "POST", "DELETE"))
    yield "DELETE", f"/jobs/{job_id}"


def test_for_who_looks_after_the_installation_alone(program, ben, failed):
    """A traceback may hold what belongs to another space, so its admins may not either."""
    other = program(Account.open("Orchard", owner_name="Cyd", email="cyd@example.org"))
    for method, path in everything(failed):
        assert ben(method, path).status_code == 403, path
        assert other(method, path).status_code == 403, path


def test_a_token_that_may_only_read_changes_nothing(program, owner, failed):
    reads = program(owner, Scope.READ)
    for method, path in everything(failed):
        assert reads(method, path).status_code == (200 if method == "GET" else 403), (method, path)


def test_what_is_not_there_is_not_found(ada, gate):
    for method, path in (("GET", ""), ("POST", "/retry"), ("POST", "/run"), ("DELETE", "")):
        assert ada(method, f"/jobs/9{path}").status_code == 404, path
    for method, path in (("GET", ""), ("GET", "/runs"), ("POST", "/runs"), ("POST", "/pause"), ("DELETE", "/pause")):
        assert ada(method, f"/tasks/barn.gate{path}").status_code == 404, "it is a task, but none that runs by itself"
