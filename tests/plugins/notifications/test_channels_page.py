"""Channels on the page and by the API: a person's own, added, tried and removed."""

import pytest

from host import db
from host.models import ApiToken
from host.models.token import Scope
from plugins.notifications.channel import PAGE, Channel
from tests.http_server import answer

pytestmark = pytest.mark.sqlite_only("a page is the same on either")
HOOK = "https://hooks.example/T0/secret"


@pytest.fixture
def slack(owner):
    made = Channel.add(owner, "slack", {"address": HOOK, "title": "Office"})
    db.session.commit()
    return made


@pytest.fixture
def api(app, owner):
    token = ApiToken.create(owner, name="test", scope=Scope.WRITE)
    db.session.commit()
    client = app.test_client()

    def call(method, path="", json=None):
        address = f"/api/v1/notifications/channels{path}"
        return client.open(address, method=method, json=json, headers={"Authorization": f"Bearer {token}"})

    return call


def test_the_page_lists_what_there_is_and_what_can_be_added(client, slack):
    page = client.get(PAGE).text
    assert all(name in page for name in ("Office", "Telegram", "ntfy", "Slack", "Discord", "Another service"))
    assert "nothing sent yet" in page
    assert "secret" not in page


def test_one_is_added(client, owner):
    answered = client.post(PAGE, data={"kind": "slack", "address": HOOK, "title": " My  office "})
    assert answered.status_code == 303
    [made] = Channel.of(owner)
    assert (made.kind, made.title, made.active) == ("slack", "My office", True)


def test_what_was_typed_wrong_stays_beside_its_error_and_nothing_is_stored(client, owner):
    answered = client.post(PAGE, data={"kind": "ntfy", "topic": "a/b", "server": "https://ntfy.example"})
    assert answered.status_code == 422
    assert "A topic has up to 64 letters" in answered.text
    assert 'value="a/b"' in answered.text
    assert answered.text.count("<details") - answered.text.count(" open>") == 4
    assert Channel.of(owner) == []


@pytest.mark.parametrize("data", [{}, {"kind": "pigeon"}, {"kind": ""}])
def test_no_service_at_all(client, data):
    answered = client.post(PAGE, data=data)
    assert (answered.status_code, "Choose one of these." in answered.text) == (422, True)


def test_a_test_shows_how_it_went(client, slack, drain_jobs, http_server, allow):
    allow("127.0.0.1/32")
    server = http_server(answer(404), answer(200))
    slack.address = '{"address": "' + server.url() + '"}'
    db.session.commit()
    assert client.post(f"/notifications/channels/{slack.id}/test").status_code == 303
    assert server.received == []
    drain_jobs()
    assert "It knows of no such address (404)." in client.get(PAGE).text
    client.post(f"/notifications/channels/{slack.id}/test")
    drain_jobs()
    page = client.get(PAGE).text
    assert "last sent" in page
    assert "404" not in page


def test_one_is_removed(client, slack, owner):
    assert client.post(f"/notifications/channels/{slack.id}/delete").status_code == 303
    assert Channel.of(owner) == []


@pytest.mark.parametrize("what", ["test", "delete"])
def test_somebody_elses_is_not_there(client, member, what):
    theirs = Channel.add(member, "slack", {"address": HOOK})
    db.session.commit()
    assert client.post(f"/notifications/channels/{theirs.id}/{what}").status_code == 404
    assert Channel.of(member) == [theirs]


def test_the_api_adds_lists_tries_and_removes(api, owner, drain_jobs):
    made = api("POST", json={"kind": "slack", "title": "Office", "settings": {"address": HOOK}})
    assert (made.status_code, made.json["title"], made.json["active"]) == (201, "Office", True)
    assert "settings" not in made.json
    assert [each["id"] for each in api("GET").json] == [made.json["id"]]
    one = f"/{made.json['id']}"
    assert api("POST", f"{one}/test").status_code == 204
    drain_jobs()
    assert api("GET", one).json["last_error"]
    assert api("DELETE", one).status_code == 204
    assert api("GET", one).status_code == 404


def test_the_api_names_the_field_that_is_wrong(api):
    answered = api("POST", json={"kind": "slack", "settings": {"address": "http://10.0.0.1"}})
    assert answered.status_code == 422
    assert list(answered.json["errors"]) == ["address"]
    assert api("POST", json={"title": "x"}).status_code == 422


def test_the_api_takes_of_a_name_what_can_be_kept(api):
    body = {"kind": "slack", "title": "My\x00 \u202eoffice", "settings": {"address": HOOK}}
    assert api("POST", json=body).get_json()["title"] == "My office"
