"""Connecting a channel."""

import pytest

from host import Invalid
from plugins.publishing.networks.telegram import PLATFORM
from plugins.publishing.outcomes import Held, Hindered, Later, Refused, Remedy
from tests.peers.telegram import TOKEN


@pytest.fixture
def enter(peer, web):
    """`enter(channel="@name")`: what the door grants."""

    def come(**entered):
        addresses = {"api": peer.url, "site": "https://t.me"}
        return PLATFORM.door.enter({"token": TOKEN, "channel": "@orchard_news", **entered}, addresses, web)

    return come


@pytest.fixture
def hindered(enter):
    def why(**entered):
        with pytest.raises(Hindered) as raised:
            enter(**entered)
        return raised.value.hindrance

    return why


@pytest.mark.parametrize(
    "channel",
    [
        "@orchard_news",
        "orchard_news",
        "-1001234567890",
        "https://t.me/orchard_news",
        "t.me/Orchard_News/",
        " @orchard_news ",
    ],
)
def test_a_channel_is_known_by_its_name_its_number_or_its_address(enter, channel):
    granted = enter(channel=channel)
    assert (granted.remote_id, granted.handle, granted.title) == ("-1001234567890", "@orchard_news", "Orchard news")
    assert (granted.tokens.access, granted.tokens.expires_at) == (TOKEN, None)
    assert granted.profile == {"channel": "orchard_news", "bot": "orchard_bot"}


def test_a_channel_without_a_name_goes_by_its_title(enter, peer):
    peer.channel.name = ""
    assert enter(channel="-1001234567890").handle == "Orchard news"


def test_whoever_connects_publishes_nothing(enter, peer):
    enter()
    assert [peer.kind(each) for each in peer.requests] == ["me", "chat", "member"]
    assert peer.posts == []


@pytest.mark.parametrize(
    ("entered", "fields"),
    [
        ({"token": "", "channel": ""}, ["token", "channel"]),
        ({"token": "123456:short", "channel": "@orchard_news"}, ["token"]),
        ({"token": TOKEN + "/../getMe", "channel": "@orchard_news"}, ["token"]),
        ({"token": TOKEN, "channel": "@no"}, ["channel"]),
        ({"token": TOKEN, "channel": "https://evil.example/orchard"}, ["channel"]),
        ({"token": TOKEN, "channel": "12345"}, ["channel"]),
        ({}, ["token", "channel"]),
    ],
)
def test_what_cannot_be_right_is_told_beside_its_field(enter, peer, entered, fields):
    with pytest.raises(Invalid) as refusal:
        PLATFORM.door.check(entered)
    assert list(refusal.value.errors) == fields
    assert TOKEN not in str(refusal.value)


def test_a_token_of_nobody(hindered, peer):
    peer.tokens.clear()
    assert hindered() == Held("Telegram does not know the bot any more. Enter its token anew.")


def test_a_channel_that_is_not_there(hindered):
    assert hindered(channel="@elsewhere") == Held("Telegram does not find the channel, or the bot is not in it.")


def test_a_group_is_no_channel(hindered, peer):
    peer.channel.type = "supergroup"
    assert hindered() == Refused("Orchard news is no channel.")


@pytest.mark.parametrize(
    "bot", [{"status": "administrator", "can_post_messages": False}, {"status": "member"}, {"status": "left"}]
)
def test_a_bot_that_may_not_post_is_told_so_at_once(hindered, peer, bot):
    peer.channel.bot = bot
    assert hindered().remedy is Remedy.SETUP
    assert "may not post in Orchard news" in hindered().why


def test_a_bot_that_is_not_in_the_channel(hindered, peer):
    peer.channel.bot = None
    assert isinstance(hindered(), Refused | Held)


@pytest.mark.parametrize("at", ["me", "chat", "member"])
@pytest.mark.parametrize("fault", ["500_no_commit", "502_html_body", "close_before_commit", "429"])
def test_telegram_away_is_asked_again_later(hindered, peer, at, fault):
    peer.script(fault, at=at)
    assert isinstance(hindered(), Later)


def test_an_answer_that_is_none_is_asked_again_later(hindered, peer):
    peer.script({"fault": "answer", "status": 200, "body": b'{"ok":true,"result":7}'}, at="chat")
    assert isinstance(hindered(), Later)
