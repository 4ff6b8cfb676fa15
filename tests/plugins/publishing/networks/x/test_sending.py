"""Publishing on X: every answer and every fault, and what each means."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from host import now
from plugins.publishing.networks.x import PLATFORM
from plugins.publishing.outcomes import Held, Later, Published, Refused, Remedy, Renew, Unknown
from plugins.publishing.platform import Reply, Room, Tokens

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")


def test_a_post_is_published(x, send, message):
    done = send(message("See example.com/tea & rest 🫖", options={"reply_settings": "following"}))
    [post] = x.posts
    assert done == Published(post.id, f"{x.url}/ada/status/{post.id}")
    assert post.text == "See example.com/tea & rest 🫖"


def test_a_thread_hangs_together(x, send, message):
    first = send(message("One", options={"reply_settings": "verified"}))
    second = send(message("Two", reply=Reply(first.remote_id, first.remote_id), options={"reply_settings": "verified"}))
    third = send(message("Three", reply=Reply(first.remote_id, second.remote_id)))
    assert [each.reply for each in x.posts] == ["", first.remote_id, second.remote_id]
    assert isinstance(third, Published)
    assert ["reply_settings" in each.json for each in x.asked("publish")] == [True, False, False]


def test_a_thread_that_x_does_not_permit_says_so(x, send, message):
    x.self_replies = False
    first = send(message("One"))
    refused = send(message("Two", reply=Reply(first.remote_id, first.remote_id)))
    assert refused == Refused(
        "X does not permit it: Replies are only permitted when you are mentioned in the conversation."
    )


def test_the_bytes_are_the_same_for_the_same_message(message, login):
    post = message("é", uploaded=["1"])
    assert PLATFORM.body(post, login) == PLATFORM.body(post, login)
    assert json.loads(PLATFORM.body(post, login)) == {"text": "é", "media": {"media_ids": ["1"]}}
    assert PLATFORM.key("a", now()) == PLATFORM.key("a", now()) != PLATFORM.key("b", now())


def test_what_people_read_is_taken_from_the_bytes(message, login):
    body = PLATFORM.body(message("See example.com/tea, then http://x.example.org."), login)
    assert PLATFORM.preview(body).stretches == [
        ("See ", ""),
        ("example.com/tea", "http://example.com/tea"),
        (", then ", ""),
        ("http://x.example.org", "http://x.example.org"),
        (".", ""),
    ]


@pytest.mark.parametrize(("text", "dollars"), [("Rest", "0.015"), ("Rest: example.org", "0.20")])
def test_what_it_costs(text, dollars):
    assert PLATFORM.cost(text) == Decimal(dollars)


def test_the_room_is_that_of_the_account():
    assert PLATFORM.room("a" * 281, {}) == Room(281, 280)
    assert PLATFORM.room("a" * 281, {}).over
    assert not PLATFORM.room("a" * 281, {"longest": 25_000}).over


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"text": "  "}, "X wants a text or a picture."),
        ({"text": "$ABC and $DEF.L"}, "X takes one cashtag, such as $ABC, in a post."),
        ({"text": "$5 and $6, $ABC"}, None),
    ],
)
def test_texts_that_x_would_refuse(message, more, why):
    assert PLATFORM.problems(message(**more), {}) == ([why] if why else [])


def test_pictures_that_x_would_refuse(message, picture):
    gif = picture(type="image/gif", size=15_000_000)
    assert PLATFORM.problems(message(pictures=[gif]), {}) == []
    assert PLATFORM.problems(message(pictures=[gif, picture()]), {}) == ["X shows a GIF only by itself."]
    [large] = PLATFORM.problems(message(pictures=[picture(size=5_000_001)]), {})
    [wordy] = PLATFORM.problems(message(pictures=[picture(alt="a" * 1001)]), {})
    assert large == "X takes pictures up to 5 MB, and GIFs up to 15 MB."
    assert wordy == "X takes descriptions of pictures of up to 1,000 characters."


def test_the_same_text_twice_is_refused(x, send, message):
    send(message("Cafe\u0301"))
    refused = send(message("Café"))
    assert refused == Refused("X has this very text from you already. Change it a little.", duplicate=True)
    assert len(x.posts) == 1


def test_a_text_that_is_too_long_is_refused(x, send, message):
    assert isinstance(send(message("a" * 281)), Refused)
    assert x.posts == []


def test_an_old_token_is_renewed(x, send, message, travel):
    travel(hours=3)
    assert isinstance(send(message()), Renew)
    assert x.posts == []


def test_without_credits_the_connection_waits_for_its_owner(x, send, message):
    x.credits = 0
    held = send(message())
    assert (held.remedy, type(held)) == (Remedy.CREDITS, Held)


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [
        ({"detail": "…", "kind": "https://api.x.com/2/problems/client-forbidden"}, Remedy.SETUP),
        ({"detail": "…", "title": "Unsupported Authentication"}, Remedy.RECONNECT),
        ({"detail": "You are not permitted to perform this action."}, None),
    ],
)
def test_forbidden_means_one_thing_or_another(x, send, message, fault, remedy):
    x.script({"fault": "403", **fault})
    came = send(message())
    assert came == (
        Held(came.why, remedy)
        if remedy
        else Refused("X does not permit it: You are not permitted to perform this action.")
    )


def test_x_is_asked_again_when_the_last_of_its_windows_ends(x, send, message):
    hour, day = (now().replace(microsecond=0) + timedelta(hours=each) for each in (1, 20))
    x.script({"fault": "429", "window": hour}, {"fault": "429", "window": hour, "day": day}, {"fault": "429"})
    assert send(message()) == Later("X takes no more for now.", at=hour, everyone=True)
    assert send(message()) == Later("X takes no more for now.", at=day, everyone=True)
    assert send(message()).at - now() < timedelta(seconds=61)
    assert x.posts == []


def test_windows_that_no_clock_can_mean_are_ignored(x, send, message):
    x.script({"fault": "answer", "status": 429, "body": b"{}", "x_rate_limit_reset": "never"})
    x.script({"fault": "answer", "status": 429, "body": b"{}", "x_rate_limit_reset": "99999999999999999999"})
    x.script({"fault": "answer", "status": 429, "body": b"{}", "retry_after": "120"})
    assert [send(message()).at for _each in range(2)] == [None, None]
    assert timedelta(seconds=110) < send(message()).at - now() <= timedelta(seconds=120)


@pytest.mark.parametrize(
    "fault", ["close_before_commit", "500_no_commit", "502_html_body", "commit_then_close", "commit_then_500"]
)
def test_without_a_word_nobody_can_tell(x, send, message, fault):
    x.script(fault)
    assert isinstance(send(message()), Unknown)
    assert len(x.asked("publish")) == 1
    assert len(x.posts) == fault.startswith("commit")


@pytest.mark.parametrize("fault", ["partial_json", "commit_then_hang", "slow_headers"])
def test_half_an_answer_is_none(x, send, message, hasty, fault):
    x.script(fault)
    assert isinstance(send(message(), hasty), Unknown)
    assert len(x.posts) == 1


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'{"data":{"id":"no number"}}', b"\xff"])
def test_a_yes_without_a_number_is_no_answer(x, send, message, body):
    x.script({"fault": "answer", "status": 201, "body": body})
    assert isinstance(send(message()), Unknown)


def test_what_was_never_sent_is_no_try(x, send, message):
    x.script("refuse_connection")
    came = send(message())
    assert came == Later(came.why, counts=False)
    assert came.why.startswith("X was not reached: ")
    x.open()
    assert isinstance(send(message()), Published)


def test_a_gateway_that_says_no_is_not_x(x, send, message):
    x.script({"fault": "answer", "status": 404, "body": b"<html>"})
    assert isinstance(send(message()), Later)


def test_a_token_of_another_account_changes_nothing(x, send, message, login):
    assert isinstance(send(message(), as_=replace(login, tokens=Tokens("strange"))), Renew)
    assert x.posts == []
