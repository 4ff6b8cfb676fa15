"""The jobs page: asking for a part of it."""

import re

import pytest

from host import db
from host.jobs import Job, JobState, Periodic, Task, drain, every, schedule
from host.web import jobview
from tests.host.jobs.seen import states

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what it asks for is tested by the API's")


@pytest.fixture
def barn(declare, write):
    """A failed job of each of two tasks, one that waits, one that is done, and a periodic task."""

    def raising() -> None:
        raise ValueError("rusty")

    gate, roof = (Task(f"probe.{name}", raising, attempts=1) for name in ("gate", "roof"))
    sweep = Periodic(every(hours=1), Task("probe.sweep", lambda: "swept"), title="Sweep the barn")
    declare(write, gate, roof, sweep)
    schedule(gate)
    schedule(roof)
    schedule(write, name="spring")
    db.session.commit()
    drain()
    schedule(write, name="summer")
    db.session.commit()


def headings(page):
    return re.findall(r'<h2 id="(\w+)-h">', page.partition("</main>")[0])


def shown(page):
    """The tasks of the jobs that are listed."""
    return re.findall(r"<strong>(probe\.\w+)</strong>", page)


@pytest.mark.parametrize(
    ("asked", "parts", "tasks"),
    [
        ("", ["failed", "queue", "tasks"], ["probe.gate", "probe.roof", "probe.write"]),
        ("?state=failed", ["failed"], ["probe.gate", "probe.roof"]),
        ("?state=waiting", ["queue"], ["probe.write"]),
        ("?state=done", ["done"], ["probe.write"]),
        ("?task=probe.gate", ["failed"], ["probe.gate"]),
        ("?task=probe", ["failed", "queue", "tasks"], ["probe.gate", "probe.roof", "probe.write"]),
        ("?task=probe.sweep", ["tasks"], []),
        ("?state=failed&task=probe.roof", ["failed"], ["probe.roof"]),
        ("?state=dead", ["failed", "queue", "tasks"], ["probe.gate", "probe.roof", "probe.write"]),
    ],
)
def test_a_part_of_it(client, barn, asked, parts, tasks):
    page = client.get(f"/jobs{asked}").text
    assert headings(page) == parts
    assert sorted(shown(page)) == tasks


def test_a_plugins_name_is_no_wildcard(client, barn):
    assert shown(client.get("/jobs?task=prob_").text) == []
    assert shown(client.get("/jobs?task=prob").text) == []


def test_nothing_is_like_that(client, barn):
    page = client.get("/jobs?state=parked&range=7d").text
    assert "Nothing here" in page
    assert 'href="/jobs?range=7d">Show all</a>' in page


def test_an_empty_queue_says_so(client, declare):
    page = client.get("/jobs").text
    assert "Nothing waits or runs." in page
    assert "No plugin that is on brings a periodic task." in page
    assert "Nothing here" not in page


def test_what_was_chosen_is_kept(client, barn):
    page = client.get("/jobs?state=failed&task=probe.roof&range=7d").text
    for option in ('value="failed" selected', 'value="probe.roof" selected'):
        assert option in page
    assert 'hx-get="/jobs?range=7d&amp;state=failed&amp;task=probe.roof"' in page
    assert 'name="range" value="7d" aria-pressed="true"' in page


def test_an_action_leads_back_to_what_was_chosen(client, barn):
    here = "/jobs?range=7d&state=failed"
    job = db.session.scalars(db.select(Job).filter_by(task="probe.roof")).one()
    assert client.post(f"/jobs/{job.id}/retry", data={"back": here}).headers["Location"] == here
    refused = client.post(f"/jobs/{job.id}/retry", data={"back": here})
    assert refused.headers["Location"] == here
    assert "has not failed" in client.get(here).text
    elsewhere = client.post(f"/jobs/{job.id}/discard", data={"back": "//evil.example"})
    assert elsewhere.headers["Location"] == "/jobs"


@pytest.mark.parametrize(("task", "again"), [("", 2), ("probe", 2), ("probe.gate", 1)])
def test_retry_all(client, barn, task, again):
    answer = client.post("/jobs/retries", data={"task": task, "back": "/jobs?range=7d"})
    words = "2 jobs run again." if again == 2 else "1 job runs again."
    assert words in client.get(answer.headers["Location"]).text
    assert states().get(JobState.FAILED, 0) == 2 - again


def test_retry_all_says_how_many_it_is_about_and_when_there_are_none(client, barn):
    assert "Retry all 2" in client.get("/jobs").text
    assert "Retry all" not in client.get("/jobs?task=probe.gate").text
    client.post("/jobs/retries")
    client.post("/jobs/retries")
    assert "None of these can be tried again." in client.get("/jobs").text


def test_a_long_list_says_that_there_is_more(client, write, monkeypatch):
    monkeypatch.setattr(jobview, "SHOWN", 2)
    for number in range(3):
        schedule(write, name=str(number))
    page = client.get("/jobs").text
    assert len(shown(page)) == 2
    assert "`fallow jobs list` shows all" in page
