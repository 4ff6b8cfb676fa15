"""Connecting an account, and staying connected without its password."""

from datetime import timedelta

import pytest

from host import Invalid, now
from plugins.publishing.networks.bluesky import PLATFORM
from plugins.publishing.outcomes import Held, Hindered, Later, Published, Refused, Renew

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")

DOOR = PLATFORM.door


@pytest.fixture
def enter(pds, web):
    def go(**more):
        entered = {"handle": pds.ada.handle, "password": pds.ada.app_password, "server": pds.url, **more}
        return DOOR.enter(entered, PLATFORM.addresses, web)

    return go


def hindrance(refused):
    return refused.value.hindrance


def test_an_account_is_connected(pds, enter):
    granted = enter(handle=" @Ada.bsky.social ")
    assert (granted.remote_id, granted.handle) == (pds.ada.did, "ada.bsky.social")
    assert granted.addresses == {"api": pds.url}
    tokens = granted.tokens
    assert timedelta(minutes=119) < tokens.expires_at - now() <= timedelta(minutes=120)
    assert timedelta(days=89) < tokens.refresh_expires_at - now() <= timedelta(days=90)


def test_nothing_that_is_kept_holds_the_password(pds, enter):
    assert pds.ada.app_password not in repr(enter())


def test_who_names_no_server_is_at_the_networks_own(pds, web):
    """Whose address is a setting."""
    entered = {"handle": pds.ada.handle, "password": pds.ada.app_password, "server": "https://bsky.social"}
    granted = DOOR.enter(entered, {"api": pds.url}, web)
    assert granted.addresses == {}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"password": "aaaa-bbbb-cccc-dddd"}, "Bluesky does not know this handle with this app password."),
        ({"handle": "nobody.bsky.social"}, "Bluesky does not know this handle with this app password."),
        (
            {"password": "hunter2hunter2"},
            "That is the account's own password. Make an app password in Bluesky's settings.",
        ),
    ],
)
def test_who_is_not_let_in_reads_why(enter, more, why):
    with pytest.raises(Hindered) as refused:
        enter(**more)
    assert hindrance(refused) == Refused(why)


@pytest.mark.parametrize("status", ["deactivated", "takendown"])
def test_an_account_that_is_switched_off_is_not_connected(pds, enter, status):
    pds.ada.status = status
    with pytest.raises(Hindered) as refused:
        enter()
    assert isinstance(hindrance(refused), Held)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"<html>", b'{"accessJwt": "a", "refreshJwt": "b"}', b"\xff"])
def test_who_is_no_pds_is_told_apart(pds, enter, body):
    pds.script({"fault": "answer", "status": 200, "body": body}, at="com.atproto.server.createSession")
    with pytest.raises(Hindered) as refused:
        enter()
    assert hindrance(refused) == Refused("127.0.0.1 does not answer as Bluesky does.")


def test_too_many_sign_ins_wait(enter, pds):
    for _number in range(30):
        enter()
    with pytest.raises(Hindered) as refused:
        enter()
    assert isinstance(hindrance(refused), Later)
    assert timedelta(minutes=4) < hindrance(refused).at - now() <= timedelta(minutes=5)


def test_new_tokens_for_old_ones(pds, login, web, travel, message):
    travel(hours=3)
    body = PLATFORM.body(message(), login)
    assert isinstance(PLATFORM.send(body, "", login, web), Renew)
    tokens = PLATFORM.renew(login, web)
    assert tokens.refresh != login.tokens.refresh
    assert tokens.expires_at > now() + timedelta(minutes=119)
    fresh = type(login)(login.addresses, tokens, login.remote_id, login.handle)
    assert isinstance(PLATFORM.send(body, "", fresh, web), Published)
    assert len(pds.asked("com.atproto.server.createSession")) == 0


@pytest.mark.parametrize("fault", ["token_rotated_reply_lost", "commit_then_close", "500_no_commit", "partial_json"])
def test_a_lost_answer_does_no_harm(pds, login, web, travel, fault):
    pds.script(fault, at="com.atproto.server.refreshSession")
    with pytest.raises(Hindered) as refused:
        PLATFORM.renew(login, web)
    assert isinstance(hindrance(refused), Later)
    travel(minutes=110)
    tokens = PLATFORM.renew(login, web)
    assert tokens.refresh in pds.refresh_tokens
    assert PLATFORM.renew(login, web).refresh == tokens.refresh


def test_a_spent_token_ends_after_its_grace(login, web, travel):
    PLATFORM.renew(login, web)
    travel(hours=2)
    with pytest.raises(Hindered) as refused:
        PLATFORM.renew(login, web)
    assert hindrance(refused) == Held("The connection to Bluesky has ended. Connect it again.")


def test_a_token_that_does_not_say_when_it_ends_lives_as_usual(pds, login, web):
    body = b'{"accessJwt": "opaque", "refreshJwt": "a.b.c", "did": "did:plc:a", "handle": "ada.test"}'
    pds.script({"fault": "answer", "status": 200, "body": body}, at="com.atproto.server.refreshSession")
    tokens = PLATFORM.renew(login, web)
    assert timedelta(minutes=119) < tokens.expires_at - now() <= timedelta(minutes=120)
    assert timedelta(days=89) < tokens.refresh_expires_at - now() <= timedelta(days=90)


@pytest.mark.parametrize(
    ("entered", "fields"),
    [
        ({"handle": "ada.bsky.social", "password": "abcd-efgh-2345-6789"}, []),
        ({"handle": "@ada.example", "password": " abcd-efgh-2345-6789 ", "server": "pds.example"}, []),
        ({"handle": "ada", "password": "abcd-efgh-2345-6789"}, ["handle"]),
        ({"handle": "ada.bsky.social", "password": "my own password"}, ["password"]),
        ({"handle": "ada.example", "password": "of another form", "server": "https://pds.example"}, []),
        ({"handle": "ada.bsky.social", "password": "abcd-efgh-2345-6789", "server": "ftp://a.example"}, ["server"]),
        ({}, ["handle", "password"]),
    ],
)
def test_what_cannot_be_right_is_told_beside_its_field(app, entered, fields):
    errors = {}
    try:
        DOOR.check(entered)
    except Invalid as refused:
        errors = refused.errors
    assert sorted(errors) == fields
