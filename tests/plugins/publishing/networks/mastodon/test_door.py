"""Connecting an account: known to its instance, agreed to by its person, and what it then allows."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from host import Invalid, now
from plugins.publishing.doors import Step
from plugins.publishing.networks.mastodon import PLATFORM
from plugins.publishing.networks.mastodon.instance import instance_address
from plugins.publishing.outcomes import Hindered, Later, Refused
from tests.peers.mastodon import MastodonPeer

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")

DOOR = PLATFORM.door
BACK = "http://127.0.0.1:8180/publishing/back"


@pytest.fixture
def walk(web):
    """`walk(instance)`: where the person is sent, and the code with which they come back."""

    def go(instance: MastodonPeer, entered: str = "") -> tuple[Step, str]:
        step = DOOR.begin({"instance": entered or instance.url}, {}, BACK, "state-1", web)
        agreed = httpx.get(step.url)
        back = urlsplit(agreed.headers["location"])
        assert f"{back.scheme}://{back.netloc}{back.path}" == BACK
        said = parse_qs(back.query)
        assert said["state"] == ["state-1"]
        return step, said["code"][0]

    return go


def finish(step: Step, code: str, web: httpx.Client):
    return DOOR.finish(step, code, {}, {}, BACK, web)


def why(refused: pytest.ExceptionInfo[Hindered]) -> str:
    return refused.value.hindrance.why


@pytest.mark.parametrize("modern", [True, False])
def test_an_account_is_connected(begin_peer, walk, web, modern):
    instance = begin_peer(MastodonPeer, modern=modern, domain="peer.example")
    instance.rules.max_characters, instance.rules.max_media = 5000, 6
    granted = finish(*walk(instance), web)
    assert (granted.remote_id, granted.handle, granted.title) == (
        f"{instance.ada.id}@{instance.host}",
        "@ada@peer.example",
        "Ada Plum",
    )
    assert granted.addresses == {"api": instance.url, "site": instance.url}
    assert granted.profile["max_characters"] == 5000
    assert granted.profile["max_media_attachments"] == 6
    assert granted.tokens.access in instance.tokens
    assert granted.tokens.expires_at is None
    wanted = "profile" if modern else "read:accounts"
    scopes = {wanted, "read:statuses", "write:statuses", "write:media"}
    assert instance.tokens[granted.tokens.access].more["scopes"] == scopes


def test_an_instance_that_tells_no_limits_has_the_usual_ones(instance, walk, web):
    step, code = walk(instance)
    instance.script({"fault": "answer", "status": 404}, at="instance")
    granted = finish(step, code, web)
    assert granted.profile == {}
    assert granted.handle == f"@ada@{instance.host}"


def test_a_code_is_good_once_and_for_who_asked_for_it(instance, walk, web):
    step, code = walk(instance)
    _other, strange = walk(instance)
    with pytest.raises(Hindered) as refused:
        finish(step, strange, web)
    assert isinstance(refused.value.hindrance, Refused)
    assert finish(step, code, web).handle
    with pytest.raises(Hindered) as refused:
        finish(step, code, web)
    assert why(refused) == "Mastodon does not take this code, or not any more. Connect once more."


def test_a_code_is_worth_nothing_without_its_verifier(instance, walk, web):
    step, code = walk(instance)
    with pytest.raises(Hindered):
        finish(Step(step.url, {**step.memory, "verifier": "guessed"}), code, web)


@pytest.mark.parametrize("step_that_fails", ["me", "instance"])
def test_a_code_that_was_exchanged_is_not_lost_with_what_comes_after(instance, walk, web, step_that_fails):
    step, code = walk(instance)
    instance.script("500_no_commit", at=step_that_fails)
    with pytest.raises(Hindered) as refused:
        finish(step, code, web)
    later = refused.value.hindrance
    assert isinstance(later, Later)
    assert later.at is not None
    again = Step(step.url, {**step.memory, **refused.value.memory})
    assert finish(again, code, web).tokens.access in instance.tokens


def test_who_is_no_instance_is_told_apart(http_server, web):
    from tests.http_server import answer

    server = http_server(answer(404))
    with pytest.raises(Hindered) as refused:
        DOOR.begin({"instance": server.url("")}, {}, BACK, "s", web)
    assert why(refused) == "127.0.0.1 is no Mastodon server."


@pytest.mark.parametrize("body", [b"<html>Hi</html>", b"{}", b"[]", b'{"client_id": ""}', b"\xff"])
def test_an_answer_that_makes_no_sense_is_said(http_server, web, body):
    from tests.http_server import answer

    server = http_server(answer(200, body))
    with pytest.raises(Hindered) as refused:
        DOOR.begin({"instance": server.url("")}, {}, BACK, "s", web)
    assert why(refused) == "127.0.0.1 does not answer as Mastodon does."


def test_an_instance_that_is_off_may_be_asked_again(instance, web):
    instance.script("refuse_connection")
    with pytest.raises(Hindered) as refused:
        DOOR.begin({"instance": instance.url}, {}, BACK, "s", web)
    assert isinstance(refused.value.hindrance, Later)


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        ("mastodon.example", "https://mastodon.example"),
        (" https://mastodon.example/ ", "https://mastodon.example"),
        ("https://mastodon.example/@ada", "https://mastodon.example"),
        ("mastodon.example/@ada", "https://mastodon.example"),
        ("@ada@mastodon.example", "https://mastodon.example"),
        ("ada@mastodon.example", "https://mastodon.example"),
        ("http://mastodon.example:3000", "http://mastodon.example:3000"),
        ("grüße.example", "https://xn--gre-6ka8l.example"),
    ],
)
def test_an_instance_is_understood_however_it_is_written(app, entered, expected):
    assert instance_address(entered) == expected
    DOOR.check({"instance": entered})


@pytest.mark.parametrize("entered", ["", "   ", "@", "ftp://a.example", "https://ada:secret@a.example", "127.0.0.1"])
def test_what_is_no_instance_is_told_beside_the_field(app, entered):
    with pytest.raises(Invalid) as refused:
        DOOR.check({"instance": entered})
    assert list(refused.value.errors) == ["instance"]


def test_a_token_that_ends_says_so(instance, walk, web):
    step, code = walk(instance)
    body = b'{"access_token": "' + instance.grant().encode() + b'", "expires_in": 3600}'
    instance.script({"fault": "answer", "status": 200, "body": body}, at="token")
    ends = finish(step, code, web).tokens.expires_at
    assert 3500 < (ends - now()).total_seconds() <= 3600
