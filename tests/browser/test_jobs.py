"""The jobs page as people have it: it follows the worker by itself."""

import re
import threading

import pytest
from playwright.sync_api import Page, expect

from host.db import db
from host.jobs import JobState, Periodic, Task, checkpoint, every, schedule
from host.jobs.consumer import start
from host.jobs.known import tasks
from host.jobs.pauses import pause
from host.plugging import Loaded
from host.plugging.checks import Declared
from host.plugging.plugin import Plugin
from tests.host.jobs.seen import states
from tests.patience import until


@pytest.fixture
def steps():
    """What lets the long task go on: a step each."""
    return [threading.Event(), threading.Event()]


@pytest.fixture
def gate(app, steps):
    """A task that raises, and periodic ones that do not, one of them long; a worker runs them."""

    def raising() -> None:
        raise ValueError("the hinge is rusty")

    def moving() -> str:
        for done, step in zip((300, 600), steps, strict=True):
            checkpoint(done, 1000)
            assert step.wait(30)
        return "moved 1,000 bales"

    long = Periodic(every(days=1), Task("probe.hay", moving, attempts=1), title="Move the hay")
    broken = Task("probe.gate", raising, attempts=1)
    swept = Periodic(every(days=1), Task("probe.sweep", lambda: "swept 3 corners"), title="Sweep the barn")
    probe = Loaded("probe", "probe", "folder", standing="on", plugin=Plugin("probe", title="Probe"))
    probe.declared = Declared(tasks=(broken, swept, long))
    app.extensions["fallow"].plugins.found["probe"] = probe
    pause("probe.hay")
    db.session.commit()
    consumer = start(app)
    yield broken
    for step in steps:
        step.set()
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
    page.get_by_role("button", name=f"Discard job {job_id}", exact=True).click()
    expect(page.get_by_text("is gone.")).to_be_visible()
    expect(page.get_by_role("heading", name="Failed")).to_have_count(0)
    page.get_by_role("button", name="Run now: Sweep the barn").click()
    expect(page.get_by_text("“Sweep the barn” runs.")).to_be_visible()
    expect(page.get_by_role("img", name="Durations of the last 2 runs")).to_be_visible()


def test_a_run_by_hand_shows_how_far_it_is_and_then_what_it_did(page, gate, steps):
    page.goto("/jobs")
    hay = page.get_by_role("row", name="Move the hay")
    page.get_by_role("button", name="Run now: Move the hay").click()
    for step, words in zip(steps, ("300 of 1,000", "600 of 1,000"), strict=True):
        expect(hay.get_by_text(words)).to_be_visible()
        expect(hay.get_by_role("progressbar", name=words)).to_be_visible()
        step.set()
    expect(hay.get_by_text("moved 1,000 bales")).to_be_visible()
    expect(hay.get_by_role("progressbar")).to_have_count(0)


# Kept in attributes, for pages forbid the evaluation of what a test would ask otherwise.
HEARD = """
document.addEventListener('fallow:live', ({ detail: { topic } }) => {
  const heard = document.documentElement.dataset;
  heard[topic] = Number(heard[topic] ?? 0) + 1;
});
"""


def heard(page: Page, topic: str) -> int:
    return int(page.locator("html").get_attribute(f"data-{topic}") or 0)


def test_the_dot_follows_on_any_page_and_asks_only_when_it_changed(page, gate):
    page.goto("/jobs")
    expect(page.get_by_text("swept 3 corners")).to_be_visible()
    asked_for = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.add_init_script(HEARD)
    page.goto("/boards")
    expect(page.get_by_role("link", name="Jobs running well")).to_be_visible()
    schedule(gate)
    db.session.commit()
    expect(page.locator("html")).to_have_attribute("data-health", re.compile("[0-9]"))
    expect(page.get_by_role("link", name="1 job failed")).to_be_visible()
    before = heard(page, "jobs")
    schedule(tasks()["probe.sweep"])
    db.session.commit()
    until(lambda: heard(page, "jobs") > before)
    assert sum(url.endswith("/jobs/dot") for url in asked_for) == heard(page, "health")


def test_a_task_is_paused_by_hand_and_its_times_stay_open(page, gate):
    page.goto("/jobs")
    page.get_by_label("The next five times: Sweep the barn").click()
    expect(page.get_by_role("row", name="Sweep the barn").locator("time")).to_have_count(5)
    asked(gate)
    expect(page.get_by_role("heading", name="Failed")).to_be_visible()
    expect(page.get_by_role("row", name="Sweep the barn").locator("time").last).to_be_visible()
    page.get_by_role("button", name="Pause: Sweep the barn").click()
    expect(page.get_by_text("“Sweep the barn” is paused.")).to_be_visible()
    page.get_by_role("button", name="Resume: Sweep the barn").click()
    expect(page.get_by_text("runs by itself again.")).to_be_visible()


def test_it_filters_and_retries_without_scripts(window, owner, gate):
    page = window(owner, java_script_enabled=False).new_page()
    for _twice in range(2):
        asked(gate)
    until(lambda: states().get(JobState.FAILED) == 2)
    page.goto("/jobs?range=7d")
    page.get_by_label("State").select_option("Failed")
    page.get_by_label("Task", exact=True).select_option("probe.gate")
    page.get_by_role("button", name="Filter").click()
    assert page.url.endswith("/jobs?range=7d&state=failed&task=probe.gate")
    expect(page.get_by_role("heading", name="Periodic tasks")).to_have_count(0)
    page.get_by_role("button", name="Retry all 2").click()
    expect(page.get_by_text("2 jobs run again.")).to_be_visible()
    assert page.url.endswith("/jobs?range=7d&state=failed&task=probe.gate")


def asked(task: Task) -> int:
    """The id of a job for it."""
    job_id = schedule(task).id
    db.session.commit()
    return job_id
