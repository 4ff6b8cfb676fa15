"""The browsers that are told while no page is open: on the page and by the API, each person's own."""

import pytest

from host import db
from host.models import ApiToken, UserSession
from host.models.token import Scope
from plugins.notifications import push_cipher
from plugins.notifications.preferences import SETTINGS
from plugins.notifications.push import MOST, PushSubscription
from plugins.notifications.push_key import PushKey
from tests.plugins.notifications.push_service import PushService, raw

pytestmark = pytest.mark.sqlite_only("a page is the same on either")
GIVEN = PushService(None).given
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def without_the_extra(monkeypatch):
    monkeypatch.setattr(push_cipher, "find_spec", lambda _name: None)


@pytest.fixture
def bens(client_of_member):
    return client_of_member


@pytest.fixture
def client_of_member(app, member):
    from host.testing import sign_in

    client = app.test_client()
    sign_in(client, member)
    client.trust()
    return client


def theirs(person):
    db.session.expire_all()
    return PushSubscription.of(person)


def test_a_browser_is_given_the_key_and_told_from_then_on(client, owner):
    key = client.post("/notifications/push/key").json["key"]
    assert (len(raw(key)), raw(key)[0]) == (65, 4)
    assert client.post("/notifications/push/key").json["key"] == key
    assert client.post("/notifications/push", data=GIVEN, headers=FIREFOX).status_code == 201
    [made] = theirs(owner)
    assert (made.title, made.key.public) == ("Firefox on Linux", key)
    page = client.get(SETTINGS).text
    assert all(words in page for words in ("While Fallow is closed", "Firefox on Linux", "nothing sent yet"))
    assert GIVEN["auth"] not in page


def test_the_same_browser_again_is_one(client, owner):
    for _time in range(2):
        client.post("/notifications/push", data=GIVEN)
    assert len(theirs(owner)) == 1


@pytest.mark.parametrize("wrong", [{"endpoint": "https://peer.example/x"}, {"p256dh": "x"}, {"auth": "x"}])
def test_what_cannot_be_right_is_refused(client, owner, wrong):
    assert client.post("/notifications/push", data={**GIVEN, **wrong}).status_code == 422
    assert client.post("/notifications/push", data={}).status_code == 422
    assert theirs(owner) == []


def test_nobody_has_very_many(client, owner):
    for number in range(MOST):
        data = {**GIVEN, "endpoint": f"{GIVEN['endpoint']}{number}"}
        assert client.post("/notifications/push", data=data).status_code == 201
    assert client.post("/notifications/push", data=GIVEN).status_code == 422
    known = {**GIVEN, "endpoint": f"{GIVEN['endpoint']}0"}
    assert client.post("/notifications/push", data=known).status_code == 201
    assert len(theirs(owner)) == MOST


def test_no_other_page_can_have_one_subscribed(client, owner):
    answered = client.post("/notifications/push", data=GIVEN, headers={"X-CSRFToken": ""})
    assert answered.status_code == 400
    assert theirs(owner) == []


def test_one_is_removed_by_its_button(client, owner, bens, member):
    client.post("/notifications/push", data=GIVEN)
    [made] = theirs(owner)
    path = f"/notifications/push/{made.id}/delete"
    assert path in client.get(SETTINGS).text
    assert bens.post(path).status_code == 404
    assert client.post(path).status_code == 303
    assert theirs(owner) == []


def test_signing_out_ends_it(client, owner):
    client.post("/notifications/push", data=GIVEN)
    client.post("/session/delete")
    assert theirs(owner) == []


def test_a_browser_that_asks_again_belongs_to_its_new_sign_in(client, owner, app):
    client.post("/notifications/push", data=GIVEN)
    [made] = theirs(owner)
    before = made.session_id
    from host.testing import sign_in

    sign_in(client, owner)
    client.trust()
    answered = client.post("/notifications/push/renewal", data={"endpoint": GIVEN["endpoint"]})
    assert answered.status_code == 204
    [made] = theirs(owner)
    assert made.session_id != before
    db.session.delete(db.session.get(UserSession, before))
    db.session.commit()
    assert len(theirs(owner)) == 1


def test_one_that_is_another_persons_by_now_is_told_so(client, bens, owner):
    client.post("/notifications/push", data=GIVEN)
    answered = bens.post("/notifications/push/renewal", data={"endpoint": GIVEN["endpoint"]})
    assert answered.status_code == 404
    assert len(theirs(owner)) == 1


def test_the_worker_may_act_for_every_page(client):
    answered = client.get("/notifications/push/worker.js")
    assert answered.headers["Service-Worker-Allowed"] == "/"
    assert answered.content_type.startswith("text/javascript")
    assert "no-cache" in answered.headers["Cache-Control"]
    assert "fetch" not in answered.text


def test_without_the_extra_nothing_is_offered_and_the_page_works(client, owner, without_the_extra):
    page = client.get(SETTINGS)
    assert page.status_code == 200
    assert "data-push" not in page.text
    assert "While Fallow is closed" not in page.text
    assert client.post("/notifications/push/key").status_code == 404
    assert client.post("/notifications/push", data=GIVEN).status_code == 404
    assert db.session.scalars(db.select(PushKey)).all() == []


def test_without_the_extra_nothing_is_asked_to_be_sent(client, owner, card, odile, told, without_the_extra):
    with pytest.MonkeyPatch.context() as installed:
        installed.setattr(push_cipher, "find_spec", lambda _name: object())
        client.post("/notifications/push", data=GIVEN)
    card.comment(f"@{owner.handle}, look", odile)
    assert told(owner)
    [made] = theirs(owner)
    assert (made.last_sent_at, made.last_error) == (None, None)
    assert "Nothing is sent to these while push is not installed here." in client.get(SETTINGS).text


def test_the_api_lists_and_removes(app, client, owner, member):
    client.post("/notifications/push", data=GIVEN, headers=FIREFOX)

    def call(person, method, path=""):
        token = ApiToken.create(person, name="test", scope=Scope.WRITE)
        db.session.commit()
        headers = {"Authorization": f"Bearer {token}"}
        return app.test_client().open(f"/api/v1/notifications/push{path}", method=method, headers=headers)

    [one] = call(owner, "GET").json
    assert one["title"] == "Firefox on Linux"
    assert {"endpoint", "auth", "p256dh"}.isdisjoint(one)
    assert call(member, "GET").json == []
    assert call(member, "DELETE", f"/{one['id']}").status_code == 404
    assert call(owner, "DELETE", f"/{one['id']}").status_code == 204
    assert call(owner, "GET").json == []
