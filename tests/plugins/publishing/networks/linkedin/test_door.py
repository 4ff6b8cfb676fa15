"""Connecting an account on LinkedIn, and renewing it where that is possible."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from host import Invalid, now
from plugins.publishing.doors import Step
from plugins.publishing.networks.linkedin import PLATFORM
from plugins.publishing.outcomes import Held, Hindered, Later, Published, Refused, Remedy

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")
REDIRECT = "http://127.0.0.1:4711/publishing/back"
KEYS = {"client_id": "app", "client_secret": "hush", "page": ""}


@pytest.fixture
def visit(linkedin, web):
    """`visit()`: Ada agrees; what `finish` needs."""

    def made(**more):
        addresses, entered = {"api": linkedin.url, "site": linkedin.url}, {**KEYS, **more}
        step = PLATFORM.door.begin(entered, addresses, REDIRECT, "state-of-ours", web)
        back = httpx.URL(web.get(step.url).headers["location"])
        assert back.params["state"] == "state-of-ours"
        return [step, back.params["code"], entered, addresses, REDIRECT, web]

    return made


def hindered(ask, *given):
    with pytest.raises(Hindered) as raised:
        ask(*given)
    return raised.value


def test_an_account_is_connected_and_may_publish(linkedin, visit, message, web, login):
    granted = PLATFORM.door.finish(*visit())
    assert (granted.remote_id, granted.handle) == (linkedin.person, "Ada Fen")
    assert granted.app == {"client_id": "app", "client_secret": "hush"}
    assert granted.tokens.refresh == ""
    assert timedelta(days=59) < granted.tokens.expires_at - now() <= timedelta(days=60)
    theirs = replace(login, tokens=granted.tokens)
    assert isinstance(PLATFORM.send(PLATFORM.body(message(), theirs), "key", theirs, web), Published)


def test_a_page_publishes_in_its_own_name(visit):
    given = visit(page="2414183")
    assert "w_organization_social" in given[0].url
    granted = PLATFORM.door.finish(*given)
    assert (granted.remote_id, granted.handle) == ("urn:li:organization:2414183", "Ada Fen, page 2414183")


def test_a_fresh_token_is_tried_again_and_its_code_is_not_lost(linkedin, visit, travel):
    linkedin.settles = timedelta(seconds=6)
    step, *rest = visit()
    first = hindered(PLATFORM.door.finish, step, *rest)
    assert isinstance(first.hindrance, Later)
    assert timedelta(seconds=5) < first.hindrance.at - now() <= timedelta(seconds=10)
    travel(seconds=9)
    granted = PLATFORM.door.finish(Step(step.url, {**step.memory, **first.memory}), *rest)
    assert granted.remote_id == linkedin.person
    assert granted.tokens.expires_at
    assert len(linkedin.asked("token")) == 1


def test_a_code_is_good_for_one_use(visit):
    given = visit()
    PLATFORM.door.finish(*given)
    assert isinstance(hindered(PLATFORM.door.finish, *given).hindrance, Refused)


def test_a_wrong_secret_is_told_from_a_wrong_code(visit):
    step, code, entered, *rest = visit()
    held = hindered(PLATFORM.door.finish, step, code, {**entered, "client_secret": "wrong"}, *rest).hindrance
    assert (type(held), held.remedy) == (Held, Remedy.SETUP)


@pytest.mark.parametrize("fault", ["close_before_commit", "500_no_commit", "502_html_body", "partial_json"])
@pytest.mark.parametrize("at", ["token", "person"])
def test_what_fails_may_be_tried_again(linkedin, visit, fault, at):
    linkedin.script(fault, at=at)
    assert isinstance(hindered(PLATFORM.door.finish, *visit()).hindrance, Later)


@pytest.mark.parametrize("wrong", [{"client_id": "a b"}, {"client_secret": "ü"}, {"page": "fen-sons"}])
def test_what_cannot_be_right_is_said_beside_the_field(wrong):
    PLATFORM.door.check(KEYS)
    with pytest.raises(Invalid):
        PLATFORM.door.check({**KEYS, **wrong})


def test_a_partners_token_is_renewed_and_its_end_stays(linkedin, visit, login, web, travel):
    linkedin.partner = True
    tokens = PLATFORM.door.finish(*visit()).tokens
    ends = tokens.refresh_expires_at
    travel(days=50)
    after = PLATFORM.renew(replace(login, tokens=tokens), web)
    assert after.access != tokens.access
    assert after.refresh == tokens.refresh
    assert abs(after.refresh_expires_at - ends) < timedelta(minutes=1)
    travel(days=320)
    held = hindered(PLATFORM.renew, replace(login, tokens=after), web).hindrance
    assert isinstance(held, Held)


def test_where_nothing_is_said_of_the_refresh_token_it_stays_as_it_was(linkedin, login, web):
    before = replace(login, tokens=replace(login.tokens, refresh="one", refresh_expires_at=now() + timedelta(days=9)))
    linkedin.script({"fault": "answer", "status": 200, "body": b'{"access_token":"new","expires_in":60}'}, at="token")
    after = PLATFORM.renew(before, web)
    assert (after.access, after.refresh) == ("new", "one")
    assert after.refresh_expires_at == before.tokens.refresh_expires_at
