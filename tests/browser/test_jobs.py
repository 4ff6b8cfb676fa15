"""The jobs page as people have it: it follows the worker by itself."""

import pytest
from playwright.sync_api import expect

from host.db import db
from host.jobs import Periodic, Task, every, schedule
from host.jobs.consumer import start
from host.plugging import Loaded
from host.plugging.checks import Declared
from host.plugging.plugin import Plugin


@pytest.fixture
def gate(app):
    """A task that raises, and a periodic one that does not; a worker runs them."""

    def raising() -> None:
        raise ValueError("the hinge is rusty")

    broken = Task("probe.gate", raising, attempts=1)
    swept = Periodic(every(days=1), Task("probe.sweep", lambda: "swept 3 corners"), title="Sweep the barn")
    probe = Loaded("probe", "probe", "folder", standing="on", plugin=Plugin("probe", title="Probe"))
    probe.declared = Declared(tasks=(broken, swept))
    app.extensions["fallow"].plugins.found["probe"] = probe
    consumer = start(app)
    yield broken
    assert consumer.stop(timeout=30)


def test_the_page_follows_the_jobs_and_an_open_traceback_stays_open(page, gate):
    page.goto("/jobs")
    expect(page.get_by_text("One worker, up")).to_be_visible()
    expect(page.get_by_text("swept 3 corners")).to_be_visible()
    page.get_by_text(f"Traceback of job {asked(gate)}").click()
    expect(page.get_by_text("raise ValueError")).to_be_visible()
    expect(page.get_by_text(f"Traceback of job {asked(gate)}")).to_be_visible()
    expect(page.get_by_text("raise ValueError").last).to_be_visible()  # the older one stands below


def test_run_now_and_discard_by_hand(page, gate):
    job_id = asked(gate)
    page.goto("/jobs")
    page.get_by_role("button", name=f"Discard job {job_id}").click()
    expect(page.get_by_text("is gone.")).to_be_visible()
    expect(page.get_by_role("heading", name="Failed")).to_have_count(0)
    page.get_by_role("button", name="Run now: Sweep the barn").click()
    expect(page.get_by_text("“Sweep the barn” runs.")).to_be_visible()
    expect(page.get_by_role("img", name="Durations of the last 2 runs")).to_be_visible()


def asked(task: Task) -> int:
    """The id of a job for it."""
    job_id = schedule(task).id
    db.session.commit()
    return job_id
