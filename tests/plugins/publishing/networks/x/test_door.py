"""Connecting an account on X, and keeping it connected."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from host import Invalid, now
from plugins.publishing.doors import Step
from plugins.publishing.networks.x import PLATFORM
from plugins.publishing.outcomes import Held, Hindered, Later, Published, Refused, Remedy
from plugins.publishing.platform import Tokens

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")
REDIRECT = "http://127.0.0.1:4711/publishing/back"
APPS = [{"client_id": "app-with-secret", "client_secret": "hush"}, {"client_id": "native-app", "client_secret": ""}]


@pytest.fixture
def visit(x, web):
    """`visit(app)`: Ada agrees; what `finish` needs."""

    def made(app):
        addresses = {"api": x.url, "site": x.url}
        step = PLATFORM.door.begin(app, addresses, REDIRECT, "state-of-ours", web)
        back = httpx.URL(web.get(step.url).headers["location"])
        assert str(back).startswith(f"{REDIRECT}?")
        assert back.params["state"] == "state-of-ours"
        return [step, back.params["code"], app, addresses, REDIRECT, web]

    return made


def hindrance(ask, *given):
    with pytest.raises(Hindered) as hindered:
        ask(*given)
    return hindered.value.hindrance


@pytest.mark.parametrize("keys", APPS, ids=["with a secret", "native"])
def test_an_account_is_connected_and_may_publish(x, visit, message, web, login, keys):
    granted = PLATFORM.door.finish(*visit(keys))
    assert (granted.remote_id, granted.handle, granted.title) == (x.ada.id, "ada", "Ada")
    assert (granted.profile, granted.app) == ({"longest": 280}, keys)
    assert timedelta(minutes=119) < granted.tokens.expires_at - now() <= timedelta(minutes=120)
    theirs = replace(login, tokens=granted.tokens)
    assert isinstance(PLATFORM.send(PLATFORM.body(message(), theirs), "key", theirs, web), Published)


def test_a_subscriber_has_more_room(x, visit):
    x.ada.subscription = "Premium"
    assert PLATFORM.door.finish(*visit(APPS[0])).profile == {"longest": 25_000}


def test_a_code_is_good_for_half_a_minute(x, visit, travel):
    given = visit(APPS[0])
    travel(seconds=31)
    assert isinstance(hindrance(PLATFORM.door.finish, *given), Refused)


def test_a_code_without_its_verifier_is_worth_nothing(x, visit):
    step, *rest = visit(APPS[0])
    assert isinstance(hindrance(PLATFORM.door.finish, Step(step.url, {"verifier": "guessed"}), *rest), Refused)


def test_a_wrong_secret_is_told_from_a_wrong_code(x, visit):
    step, code, _app, *rest = visit(APPS[0])
    app = {"client_id": "app-with-secret", "client_secret": "wrong"}
    assert hindrance(PLATFORM.door.finish, step, code, app, *rest).remedy is Remedy.SETUP


def test_a_code_that_was_exchanged_is_not_lost_when_the_next_question_fails(x, visit):
    step, *rest = visit(APPS[0])
    x.script("500_no_commit", at="other")
    with pytest.raises(Hindered) as hindered:
        PLATFORM.door.finish(step, *rest)
    assert isinstance(hindered.value.hindrance, Later)
    granted = PLATFORM.door.finish(Step(step.url, {**step.memory, **hindered.value.memory}), *rest)
    assert granted.handle == "ada"
    assert granted.tokens.refresh
    assert granted.tokens.expires_at
    assert len(x.asked("token")) == 1


@pytest.mark.parametrize(
    "keys", [{"client_id": "a b"}, {"client_id": "a", "client_secret": "x\ny"}, {"client_id": "ä"}]
)
def test_what_cannot_be_a_key_is_said_beside_the_field(keys):
    with pytest.raises(Invalid):
        PLATFORM.door.check(keys)


@pytest.mark.parametrize("keys", APPS, ids=["with a secret", "native"])
def test_a_token_is_renewed_and_its_refresh_token_with_it(x, login, web, keys):
    before = replace(login, app=keys)
    after = PLATFORM.renew(before, web)
    assert after.access != before.tokens.access
    assert after.refresh not in ("", before.tokens.refresh)
    assert isinstance(hindrance(PLATFORM.renew, before, web), Held)  # it is good for one use
    assert PLATFORM.renew(replace(before, tokens=after), web).access


def test_a_stored_refresh_token_is_never_replaced_by_none(x, login, web):
    body = b'{"access_token":"new","expires_in":7200}'
    x.script({"fault": "answer", "status": 200, "body": body}, at="token")
    assert PLATFORM.renew(login, web).refresh == login.tokens.refresh


def test_an_answer_that_is_lost_costs_the_refresh_token(x, login, web):
    x.script("commit_then_close", at="token")
    assert isinstance(hindrance(PLATFORM.renew, login, web), Later)
    held = hindrance(PLATFORM.renew, login, web)
    assert (type(held), held.remedy) == (Held, Remedy.RECONNECT)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("close_before_commit", Later),
        ("500_no_commit", Later),
        ("502_html_body", Later),
        ({"fault": "429"}, Later),
        ({"fault": "answer", "status": 200, "body": b"{}"}, Later),
        ({"fault": "answer", "status": 200, "body": b"no json"}, Later),
    ],
)
def test_a_renewal_that_failed_is_tried_again(x, login, web, fault, kind):
    x.script(fault, at="token")
    assert type(hindrance(PLATFORM.renew, login, web)) is kind
    assert PLATFORM.renew(login, web) != Tokens("")
