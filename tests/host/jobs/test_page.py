"""The jobs page: what it shows, to whom, and what it does."""

import re
from datetime import timedelta

import pytest

from host import Account, Role, User, db
from host.jobs import JobState, Periodic, Task, TaskRun, drain, every, schedule
from host.jobs.batch import claim_due
from host.jobs.presence import presence
from host.jobs.tick import tick
from host.testing import sign_in
from tests.host.jobs.seen import only_job, states, written

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; its figures are tested in test_health.py")


@pytest.fixture
def broken(declare, write):
    """A task that raises at its first and only try."""

    def raising() -> None:
        raise ValueError("the <b>hinge</b> is rusty")

    task = Task("probe.broken", raising, attempts=1)
    sweep = Task("probe.sweep", lambda: "swept 3 corners")
    declare(write, task, Periodic(every(hours=1), sweep, title="Sweep the barn"))
    return task


@pytest.fixture
def failed(broken):
    job_id = schedule(broken).id
    db.session.commit()
    drain()
    return job_id


def posted(client, path):
    """The page that answers."""
    return client.get(client.post(path).headers["Location"]).text


def test_a_failed_job_is_shown_with_its_reason_and_its_traceback(client, failed):
    page = client.get("/jobs").text
    assert "probe.broken" in page
    assert "ValueError: the &lt;b&gt;hinge&lt;/b&gt; is rusty" in page
    assert "Traceback (most recent call last)" in page
    assert "1 of 1 try" in page


def test_retry(client, failed, declare):
    declare(Task("probe.broken", lambda: "swings now"))
    page = posted(client, f"/jobs/{failed}/retry")
    assert f"Job {failed} runs again." in page
    drain()
    assert only_job().summary == "swings now"


def test_discard(client, failed):
    page = posted(client, f"/jobs/{failed}/discard")
    assert f"Job {failed} is gone." in page
    assert states() == {}


def test_a_job_that_is_no_longer_failed_says_so_on_the_page(client, failed):
    client.post(f"/jobs/{failed}/retry")
    page = posted(client, f"/jobs/{failed}/retry")
    assert "has not failed" in page
    assert "<h1>Jobs</h1>" in page


def test_what_is_not_there_is_not_found(client, broken):
    assert client.post("/jobs/999/retry").status_code == 404
    assert client.post("/jobs/999/discard").status_code == 404
    assert client.post("/tasks/probe.nothing/runs").status_code == 404


def test_what_waits_runs_and_is_parked_is_shown(client, declare, write):
    later, gone, now_running = (Task(f"probe.{name}", lambda: None) for name in ("later", "gone", "now_running"))
    declare(write, later, gone, now_running)
    schedule(now_running)
    db.session.commit()
    claim_due()
    schedule(gone)
    db.session.commit()
    declare(write, later, now_running)
    assert drain() == 0
    schedule(later, delay=timedelta(minutes=18, seconds=30))
    schedule(write, name="spring")
    page = client.get("/jobs").text
    assert re.findall(r'<span class="pill" data-state="(\w+)">', page) == ["running", "waiting", "scheduled", "paused"]
    assert "in 18 min" in page
    assert "It waits for the plugin" in page
    presence().drop(presence().in_hand())


def test_periodic_tasks_with_their_last_run_and_their_next(client, broken):
    assert "not yet" in client.get("/jobs").text
    tick()
    run = db.session.scalars(db.select(TaskRun)).one()
    run.finished_at = run.started_at + timedelta(minutes=23)
    db.session.commit()
    page = client.get("/jobs").text
    for words in ("Sweep the barn", "every hour", "swept 3 corners", "Duration of the last run", "23 min"):
        assert words in page


def test_run_now(client, broken, owner):
    owner_id = owner.id
    page = posted(client, "/tasks/probe.sweep/runs")
    assert "“Sweep the barn” runs." in page
    assert only_job().asked_by_id == owner_id
    drain()
    assert states() == {JobState.DONE: 1}


def test_run_now_while_it_runs_says_so(client, broken):
    client.post("/tasks/probe.sweep/runs")
    claim_due()
    page = posted(client, "/tasks/probe.sweep/runs")
    assert "“Sweep the barn” is running already." in page
    presence().drop(presence().in_hand())


def test_the_dot_in_the_top_bar(client, owner, failed):
    assert "1 job failed" in client.get("/settings/people").text
    client.post(f"/jobs/{failed}/discard")
    assert "Jobs running well" in client.get("/settings/people").text


def test_jobs_per_hour_and_per_six_hours(client, write, travel):
    for hours in (2, 0):
        schedule(write, name="spring")
        db.session.commit()
        drain()
        travel(hours=hours)
    day, week = client.get("/jobs").text, client.get("/jobs?range=7d").text
    assert "Jobs per hour: 2 done, 0 failed" in day
    assert "Jobs per six hours: 2 done, 0 failed" in week
    assert "Jobs per hour" in client.get("/jobs?range=nonsense").text
    assert len(re.findall(r'<rect fill="var\(--(?:disc|bar)\)"', day)) == 2


def test_who_is_no_admin_may_not_look_nor_act(anonymous, member, failed):
    sign_in(anonymous, member)
    for path in (f"/jobs/{failed}/retry", f"/jobs/{failed}/discard", "/tasks/probe.sweep/runs"):
        assert anonymous.post(path).status_code == 403
    assert anonymous.get("/jobs").status_code == 403
    assert "job failed" not in anonymous.get("/settings/people").text
    assert states() == {JobState.FAILED: 1}


def test_admins_of_a_second_space_may_not_either(anonymous, owner, failed):
    """A traceback may hold what belongs to another space."""
    other = Account.open("Orchard", owner_name="Cyd", email="cyd@example.org")
    db.session.commit()
    sign_in(anonymous, other)
    assert anonymous.get("/jobs").status_code == 403
    assert anonymous.post(f"/jobs/{failed}/discard").status_code == 403
    assert "job failed" not in anonymous.get("/settings/people").text


def test_every_admin_of_the_first_space_may(anonymous, account, failed):
    admin = User.join(account, name="Bea", email="bea@example.org", role=Role.ADMIN)
    db.session.commit()
    sign_in(anonymous, admin)
    assert anonymous.get("/jobs").status_code == 200


def test_a_stranger_is_asked_to_sign_in(anonymous, failed):
    assert anonymous.get("/jobs").status_code == 302


def test_without_a_worker_it_says_so_and_with_one_how_long(client, broken, travel):
    assert "No worker runs on this machine." in client.get("/jobs").text
    presence().enter()
    travel(minutes=18)
    assert "One worker, up 18 min." in client.get("/jobs").text
    presence().leave()


def test_the_page_draws_without_style_attributes(client, failed):
    """The content security policy would drop them."""
    tick()
    page = client.get("/jobs").text
    assert not re.search(r"<[^>]* style=", page)
    assert written() == []
