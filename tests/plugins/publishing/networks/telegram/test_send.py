"""Publishing once, and what came of it."""

import logging
from datetime import timedelta

import pytest

from host import http_client, now
from plugins.publishing.networks.telegram import PLATFORM
from plugins.publishing.outcomes import Ask, Held, Later, Published, Refused, Remedy, Unknown
from plugins.publishing.platform import Login, Reply, Sent, Tokens
from tests.peers.telegram import TOKEN


@pytest.fixture
def send(login, message):
    """`send(web, "text", …)`: what comes of it."""

    def one(client, *words, by=login, **more):
        given = message(*words, **more)
        return PLATFORM.send(PLATFORM.body(given, by), given.key, by, client)

    return one


def test_a_text_is_there(peer, web, send):
    outcome = send(web, "Pears <b>&</b> plums\n\n🍐 https://pears.example")
    assert outcome == Published("101", "https://t.me/orchard_news/101")
    [post] = peer.posts
    assert (post.text, post.id, post.more["silent"]) == (
        "Pears <b>&</b> plums\n\n🍐 https://pears.example",
        "101",
        False,
    )


def test_a_channel_without_a_name_is_known_by_its_number(peer, web, send):
    peer.channel.name = ""
    assert send(web) == Published("101", "https://t.me/c/1234567890/101")


def test_one_picture_is_a_photo_with_the_text_below_it(peer, web, send, picture):
    pear = b"\x89PNG\r\n\x1a\n--fallow\r\n\xff\0pear"
    assert send(web, "A pear 🍐", pictures=[picture(pear)]) == Published("101", "https://t.me/orchard_news/101")
    [post] = peer.posts
    assert (post.text, post.more["photos"]) == ("A pear 🍐", (pear,))


def test_several_are_an_album_with_the_text_once(peer, web, send, picture):
    pictures = [picture(b"\xff\xd8\xff" + bytes([n]), type="image/jpeg") for n in range(10)]
    assert send(web, "Ten pears", pictures=pictures) == Published("101", "https://t.me/orchard_news/101")
    [post] = peer.posts
    assert (post.text, list(post.more["photos"])) == ("Ten pears", [each.read() for each in pictures])
    assert send(web, "And one more") == Published("111", "https://t.me/orchard_news/111")


def test_pictures_may_stand_alone(peer, web, send, picture):
    assert isinstance(send(web, "", pictures=[picture()]), Published)
    assert isinstance(send(web, "", pictures=[picture(), picture()]), Published)
    assert [post.text for post in peer.posts] == ["", ""]


def test_a_thread_answers_itself(peer, web, send, picture):
    first = send(web, "One")
    second = send(web, "Two", reply=Reply(first.remote_id, first.remote_id), options={"sound": "off"})
    send(web, "Three", reply=Reply(first.remote_id, second.remote_id), pictures=[picture()])
    assert [(post.text, post.reply) for post in peer.posts] == [("One", ""), ("Two", "101"), ("Three", "102")]
    assert [post.more["silent"] for post in peer.posts] == [False, True, False]


def test_an_answer_to_what_is_gone_is_refused(peer, web, send):
    outcome = send(web, "Two", reply=Reply("7", "7"))
    assert outcome == Refused("Telegram refused it: Bad Request: message to be replied not found")
    assert peer.posts == []


@pytest.mark.parametrize("text", ["x" * 4096, "🍐" * 2048])
def test_what_we_say_fits_does_fit(peer, web, send, text):
    assert not PLATFORM.room(text, {}).over
    assert isinstance(send(web, text), Published)


def test_what_does_not_fit_is_refused_for_good(peer, web, send, picture):
    assert send(web, "x" * 4097) == Refused("Telegram refused it: Bad Request: message is too long")
    assert "caption is too long" in send(web, "x" * 1025, pictures=[picture()]).why
    assert "IMAGE_PROCESS_FAILED" in send(web, "x", pictures=[picture(b"<svg/>")]).why
    assert "not take that much" in send(web, "x", pictures=[picture(b"\xff\xd8\xff" + bytes(10_500_000))]).why
    assert peer.posts == []


@pytest.mark.parametrize(
    "fault",
    ["commit_then_close", "commit_then_hang", "commit_then_500", "commit_then_502", "partial_json", "slow_headers"],
)
def test_what_may_have_been_done_is_unknown(peer, hasty, send, fault):
    peer.script(fault)
    assert isinstance(send(hasty), Unknown)
    assert len(peer.posts) == 1


@pytest.mark.parametrize("fault", ["close_before_commit", "500_no_commit", "502_html_body"])
def test_what_was_not_done_may_look_the_same(peer, hasty, send, fault):
    peer.script(fault)
    assert isinstance(send(hasty), Unknown)
    assert peer.posts == []


def test_a_yes_that_names_no_post_is_unknown(peer, web, send):
    for body in (
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"ok":true}',
        b'{"ok":true,"result":[]}',
        b'{"ok":true,"result":{"message_id":true}}',
    ):
        peer.script({"fault": "answer", "status": 200, "body": body})
        assert isinstance(send(web), Unknown), body


def test_nobody_there_is_no_try(peer, web, send):
    peer.script("refuse_connection")
    outcome = send(web)
    assert isinstance(outcome, Later)
    assert not outcome.counts
    peer.open()
    assert isinstance(send(web), Published)


def test_too_many_wait_as_long_as_telegram_says(peer, web, send):
    peer.script({"fault": "429", "seconds": 77})
    outcome = send(web)
    assert isinstance(outcome, Later)
    assert outcome.everyone
    assert timedelta(seconds=70) < outcome.at - now() <= timedelta(seconds=77)
    assert peer.posts == []


def test_its_own_limit_is_met_and_passes(peer, web, send, travel):
    for _ in range(20):
        assert isinstance(send(web), Published)
    outcome = send(web)
    assert isinstance(outcome, Later)
    travel(seconds=(outcome.at - now()).total_seconds() + 1)
    assert isinstance(send(web), Published)


def test_a_bot_that_is_no_more_holds_its_posts(peer, web, send, login):
    peer.tokens[TOKEN].revoked = True
    assert send(web) == Held("Telegram does not know the bot any more. Enter its token anew.")
    lost = Login(login.addresses, Tokens(""), login.remote_id, login.handle)
    assert send(web, by=lost) == Held("The token of the bot is missing. Enter it anew.")
    assert peer.posts == []


def test_a_bot_that_was_thrown_out_or_may_not_post_holds_its_posts(peer, web, send):
    peer.channel.bot["can_post_messages"] = False
    outcome = send(web)
    assert isinstance(outcome, Held)
    assert outcome.remedy is Remedy.SETUP
    peer.channel.bot = None
    assert isinstance(send(web), Held)
    peer.channel.id = -1009999999999
    assert send(web) == Held("Telegram does not find the channel, or the bot is not in it.")


@pytest.mark.parametrize(
    "said",
    [
        "not enough rights to send text messages to the chat",
        "CHAT_WRITE_FORBIDDEN",
        "need administrator rights in the channel chat",
        "have no rights to send a message",
    ],
)
def test_no_right_is_told_in_many_words(peer, web, send, said):
    peer.script({"fault": "400", "description": said})
    assert send(web) == Held(f"The bot may not post in the channel: Bad Request: {said}", Remedy.SETUP)


def test_a_chat_that_moved_says_where_to(peer, web, send):
    told = {"description": "group chat was upgraded to a supergroup chat", "migrate_to_chat_id": -1005}
    peer.script({"fault": "400", **told})
    assert send(web) == Held("The channel has another number now: -1005. Connect it anew.")


@pytest.mark.parametrize("status", [400, 403, 404, 407, 418])
def test_a_no_that_is_not_telegrams_is_not_taken_for_its_word(peer, web, send, status):
    peer.script({"fault": "answer", "status": status, "body": b"<html>A proxy</html>"})
    assert send(web) == Later(f"Something else than Telegram answered ({status}).")


def test_only_a_person_can_tell_what_became_of_it(peer, web, login, message):
    body = PLATFORM.body(message(), login)
    finding = PLATFORM.settle(Sent(body, message().key, now(), 0), login, web)
    assert finding == Ask("Telegram tells nobody what became of a post. Look into @orchard_news.")
    assert peer.requests == []


def test_pictures_are_not_shown_to_anybody_ahead_of_their_post(peer, web, login, picture):
    assert PLATFORM.upload(picture(), login, web) == PLATFORM.upload(picture(), login, web)
    assert peer.requests == []


def test_the_token_is_nowhere_but_in_the_address(peer, web, send, caplog, names):
    caplog.set_level(logging.DEBUG)
    said = []
    for fault in ("ok", "commit_then_close", "500_no_commit", "502_html_body", "401_once", "403_once", "429"):
        peer.script(fault)
        said.append(repr(send(web)))
    peer.script("refuse_connection")
    said.append(repr(send(web)))
    assert len(peer.requests) == 7
    assert TOKEN.partition(":")[2] not in "".join(said)
    assert TOKEN.partition(":")[2] not in caplog.text


def test_a_name_that_leads_nowhere_is_told_without_the_token(allow, app, send, login):
    nowhere = Login({**login.addresses, "api": "https://telegram.invalid"}, login.tokens, login.remote_id, login.handle)
    with http_client(seconds=2) as client:
        outcome = send(client, by=nowhere)
    assert isinstance(outcome, Later)
    assert TOKEN not in outcome.why
