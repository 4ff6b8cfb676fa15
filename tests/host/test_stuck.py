"""Why jobs do not run, as the doctor says it."""

from datetime import timedelta

import pytest

from host.clock import now
from host.db import db
from host.health import look_over
from host.jobs import Job, JobState, Periodic, Task, every
from host.jobs.pauses import pause
from host.jobs.presence import presence
from host.plugging import Loaded
from host.plugging.checks import Declared
from host.plugging.plugin import Plugin

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def barn(app, account):
    """The plugin `barn`, which may run two jobs at once, with a periodic task."""
    sweep = Periodic(every(hours=1), Task("barn.sweep", lambda: None), title="Sweep the barn")
    declared = Declared(tasks=(sweep, Task("barn.paint", lambda: None)))
    plugin = Plugin("barn", title="Barn", jobs_at_once=2)
    found = app.extensions["fallow"].plugins.found
    found["barn"] = Loaded("barn", "barn", "folder", standing="on", declared=declared, plugin=plugin)
    yield
    del found["barn"]


@pytest.fixture
def worker(app):
    """One that lives on this machine."""
    presence().enter()
    yield
    presence().leave()


def job(state=JobState.WAITING, task="orchard.pick", late=7 * MINUTE, **values):
    """One that is due for so long, or goes on for so long."""
    began = now() - late
    made = Job(task=task, state=state, run_at=began, **values)
    if state is JobState.RUNNING:
        made.started_at, made.lease_until = began, now() + MINUTE
    db.session.add(made)
    db.session.commit()
    return made.id


def wrong():
    db.session.commit()
    return [(finding.what, finding.says, finding.remedy) for finding in look_over() if finding.remedy]


def test_no_worker_lives():
    job()
    [(what, says, remedy)] = wrong()
    assert (what, says) == ("worker", "Work has waited for 7 min, and no worker lives on this machine.")
    assert "fallow worker" in remedy


def test_threads_are_kept_by_long_jobs(worker):
    paint = job(JobState.RUNNING, "orchard.graft", late=40 * MINUTE)
    job(JobState.RUNNING, "orchard.mow", late=timedelta(seconds=3))
    job()
    [(what, says, _remedy)] = wrong()
    kept = f"{paint} (orchard.graft, running for 40 min)"
    assert (what, says) == ("worker", f"Work has waited for 7 min while threads are kept by {kept}.")


def test_a_worker_on_another_machine_lives_as_long_as_its_lease(travel):
    job(JobState.RUNNING, "orchard.graft", late=40 * MINUTE)
    job()
    assert "threads are kept" in wrong()[0][1]
    travel(minutes=2)
    assert "no worker lives" in wrong()[0][1]


def test_a_worker_lives_and_does_nothing(worker):
    job()
    assert wrong()[0][1] == "Work has waited for 7 min though a worker lives."


@pytest.mark.parametrize(
    ("state", "late", "named", "remedy"),
    [
        (JobState.RUNNING, 40 * MINUTE, "orchard.graft, running for 40 min", "when it has ended"),
        (JobState.WAITING, -9 * MINUTE, "orchard.graft, scheduled", "gives it up"),
        (JobState.PARKED, 40 * MINUTE, "orchard.graft, parked", "Switch its plugin on"),
    ],
)
def test_a_lane_is_held_up(worker, state, late, named, remedy):
    first = job(state, "orchard.graft", late, lane="orchard:north")
    job(lane="orchard:north")
    job(lane="orchard:north")
    job(lane="orchard:south", late=timedelta())
    found = {what: (says, told) for what, says, told in wrong()}
    says, told = found["lane"]
    assert says == f"2 jobs wait in a lane behind job {first} ({named})."
    assert remedy in told
    assert "worker" not in found


def test_the_first_of_a_lane_is_held_up_by_nobody():
    job(lane="orchard:north")
    job(lane="orchard:north")
    assert [(what, says) for what, says, _remedy in wrong()] == [
        ("worker", "Work has waited for 7 min, and no worker lives on this machine.")
    ]


def test_a_plugin_is_at_its_limit(worker):
    for _number in range(2):
        job(JobState.RUNNING, "barn.paint")
    job(task="barn.sweep")
    [(what, says, remedy)] = wrong()
    assert (what, says) == ("limit", "Barn runs 2 at once, as many as it may, and 1 job waits.")
    assert "--task barn" in remedy


def test_a_plugin_with_room_left_is_not(worker):
    job(JobState.RUNNING, "barn.paint", late=MINUTE)
    job(task="barn.sweep")
    assert wrong()[0][1] == "Work has waited for 7 min though a worker lives."


def test_a_task_is_paused():
    pause("barn.sweep")
    [(what, says, remedy)] = wrong()
    assert (what, says) == ("tasks", "barn.sweep is paused.")
    assert "fallow tasks resume barn.sweep" in remedy


def test_jobs_are_parked_for_absent_plugins():
    for task in ("orchard.pick", "orchard.mow", "pond.fill"):
        job(JobState.PARKED, task)
    assert [says for _what, says, _remedy in wrong()] == [
        "2 jobs wait for the plugin orchard.",
        "1 job waits for the plugin pond.",
    ]


def test_jobs_have_failed():
    job(JobState.FAILED)
    [(what, says, remedy)] = wrong()
    assert (what, says) == ("jobs", "1 job failed.")
    assert "--all" in remedy


def test_what_runs_for_long_is_no_fault_while_nothing_waits(worker):
    job(JobState.RUNNING, "barn.paint", late=40 * MINUTE)
    job(late=MINUTE)
    assert wrong() == []
