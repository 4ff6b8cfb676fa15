"""The panel, the API and the command: who may use them, what they show, what they refuse."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from host import Account, Tag, db
from host.commands import Given
from host.models import RequestKey
from host.testing import sign_in
from plugins.cleanup.commands import cleanup
from plugins.cleanup.standing import Standing

PANEL, KEYS, TAGS = "/settings/plugin/cleanup/cleanup", "host.request_keys", "host.unused_tags"

pytestmark = pytest.mark.sqlite_only("a door is the same on either database; what lies below is tested on both")


@pytest.fixture
def filled(app):
    """`filled(**changes)`: the panel's form as it stands, with these fields changed; None leaves one out."""

    def form(changes):
        found = Standing.all()
        days = {f"days-{each.key}": str(each.days) for each in found if each.days}
        whole = {f"on-{each.key}": "1" for each in found} | days | changes
        return {name: value for name, value in whole.items() if value is not None}

    return form


@pytest.fixture
def run(app):
    """`run("--json")`: what the command prints."""

    def invoke(*arguments):
        db.session.commit()
        return CliRunner().invoke(cleanup, arguments, obj=Given(), catch_exceptions=False).output

    return invoke


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_panel_shows_what_would_go_and_what_went(client, unused, drain_jobs):
    unused(7)
    page = client.get(PANEL).text
    assert "Tags on no card" in page
    assert '<td class="to-end num">7</td>' in page
    assert "nothing yet" in page
    assert client.post("/cleanup/removals", data={"rule": TAGS}).status_code == 303
    drain_jobs()
    assert count(Tag) == 0
    assert ">7, " in client.get(PANEL).text


def test_days_and_switches_are_saved(client, filled):
    sent = filled({"days-host.request_keys": "5", "on-host.jobs": None})
    assert client.post(PANEL, data=sent).status_code == 303
    assert Standing.named(KEYS).days == 5
    assert (Standing.named("host.jobs").on, Standing.named("host.runs").on) == (False, True)
    assert 'value="5"' in client.get(PANEL).text


@pytest.mark.parametrize("days", ["0", "-1", "", "soon", "4000", "9" * 12, "1.5", "²", ["5", "6"]])
def test_other_numbers_are_refused_and_nothing_is_changed(client, filled, days):
    answer = client.post(PANEL, data=filled({"days-host.request_keys": days, "on-host.jobs": None}))
    assert answer.status_code == 422
    assert "From 1 to 3650 days." in answer.text
    assert (Standing.named(KEYS).days, Standing.named("host.jobs").on) == (1, True)


def test_only_who_looks_after_the_installation(client, anonymous, member, ben):
    sign_in(anonymous, member)
    assert anonymous.get(PANEL).status_code == 403
    assert anonymous.post("/cleanup/removals", data={"rule": TAGS}).status_code == 403
    for method, address in (("GET", "/rules"), ("GET", f"/rules/{KEYS}"), ("GET", "/removals")):
        assert ben(method, f"/cleanup{address}").status_code == 403
    assert ben("PATCH", f"/cleanup/rules/{KEYS}", {"days": 5}).status_code == 403
    assert ben("POST", f"/cleanup/rules/{KEYS}/removals").status_code == 403


def test_admins_of_other_spaces_see_none_of_it(owner, program):
    other = Account.open("Elsewhere", owner_name="Cyd Brook", email="cyd@example.org")
    assert program(other)("GET", "/cleanup/rules").status_code == 403


def test_the_api_shows_and_changes_a_rule(ask):
    assert ask("PATCH", f"/cleanup/rules/{KEYS}", {"days": 5}).json["days"] == 5
    rule = ask("PATCH", f"/cleanup/rules/{KEYS}", {"on": False}).json
    assert (rule["days"], rule["on"], rule["would_go"], rule["last"]) == (5, False, 0, None)
    assert rule in ask("GET", "/cleanup/rules").json
    assert ask("GET", "/cleanup/rules/host.orchard").status_code == 404


@pytest.mark.parametrize("given", [{"days": 0}, {"days": -3}, {"days": 3651}, {"days": "5"}, {"days": 2**70}])
def test_the_api_refuses_other_days(ask, given):
    answer = ask("PATCH", f"/cleanup/rules/{KEYS}", given)
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["days"])
    assert Standing.named(KEYS).choice is None


def test_what_goes_by_no_age_takes_no_days(ask):
    assert ask("PATCH", f"/cleanup/rules/{TAGS}", {"days": 5}).status_code == 422


def test_the_api_removes_and_tells_what_went(ask, requests, drain_jobs):
    requests(3)
    assert ask("POST", f"/cleanup/rules/{KEYS}/removals").json["would_go"] == 3
    drain_jobs()
    [went] = ask("GET", "/cleanup/removals").json
    assert (went["rule"], went["removed"]) == (KEYS, 3)


def test_the_command_says_what_would_go_and_removes_nothing(requests, run):
    requests(3)
    said = {row["rule"]: row for row in json.loads(run("--dry-run", "--json"))}
    assert (said[KEYS]["would_go"], count(RequestKey)) == (3, 3)


def test_the_command_follows_one_rule_or_all(requests, unused, run):
    requests(3)
    unused(2)
    [row] = json.loads(run(TAGS, "--json"))
    assert (row["removed"], count(Tag), count(RequestKey)) == (2, 0, 3)
    assert {row["rule"]: row["removed"] for row in json.loads(run("--json"))}[KEYS] == 3


def test_the_command_passes_over_what_is_off_unless_it_is_named(requests, run, ask):
    requests(3)
    ask("PATCH", f"/cleanup/rules/{KEYS}", {"on": False})
    assert KEYS not in run()
    assert json.loads(run(KEYS, "--json"))[0]["removed"] == 3
