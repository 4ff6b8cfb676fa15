"""Publishing a status: every answer and every fault, and what each means."""

from dataclasses import replace
from datetime import timedelta

import pytest

from host import now
from plugins.publishing.networks.mastodon import PLATFORM
from plugins.publishing.outcomes import Held, Later, Published, Refused, Remedy, Unknown
from plugins.publishing.platform import Reply, Tokens

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")


@pytest.fixture
def send(login, web):
    def go(message, client=web, as_=login):
        return PLATFORM.send(PLATFORM.body(message, as_), message.key, as_, client)

    return go


def test_a_status_is_published(instance, send, message):
    asked = message("See https://example.com/tea 🫖", warning="Steam", visibility="unlisted", language="de")
    done = send(asked)
    [post] = instance.posts
    assert done == Published(post.id, url=f"{instance.url}/@ada/{post.id}")
    assert post.text == asked.text
    assert post.key == asked.key
    assert post.more == {"visibility": "unlisted", "spoiler_text": "Steam", "language": "de"}


def test_a_thread_hangs_together(instance, send, message):
    first = send(message("One"))
    reply = Reply(root=first.remote_id, parent=first.remote_id)
    second = send(replace(message("Two", reply=reply), key="second"))
    assert [each.reply for each in instance.posts] == ["", first.remote_id]
    assert second.remote_id == instance.posts[1].id


def test_an_answer_to_what_is_gone_is_refused(instance, send, message):
    first = send(message("One"))
    instance.posts[0].gone = True
    refused = send(replace(message("Two", reply=Reply(first.remote_id, first.remote_id)), key="second"))
    assert refused == Refused("What it answers is gone from Mastodon.")


def test_an_answer_to_nothing_is_never_published_by_itself(instance, send, message):
    assert isinstance(send(message("Two", reply=Reply("", ""))), Refused)
    assert instance.requests == []


def test_who_may_not_speak_to_all_reads_that(instance, send, message):
    instance.ada.limited = True
    done = send(message())
    assert done.note == "Mastodon made it “Quiet public” where “Public” was asked for."


def test_what_is_taken_for_spam_is_said(instance, send, message):
    instance.ada.swallowed = True
    done = send(message())
    assert isinstance(done, Published)
    assert done.note == "Mastodon said yes but does not show it. Its server may take it for spam."


def test_a_yes_stands_whatever_becomes_of_the_look_at_it(instance, send, message):
    instance.script("500_no_commit", at="status")
    assert send(message()) == Published(instance.posts[0].id, url=f"{instance.url}/@ada/{instance.posts[0].id}")


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        ("close_before_commit", 0),
        ("commit_then_close", 1),
        ("commit_then_500", 1),
        ("commit_then_502", 1),
        ("500_no_commit", 0),
        ("502_html_body", 0),
        ("partial_json", 1),
        ({"fault": "answer", "status": 200, "body": b"<html>"}, 0),
        ({"fault": "answer", "status": 200, "body": b"[]"}, 0),
        ({"fault": "answer", "status": 200, "body": b'{"id": null}'}, 0),
        ({"fault": "answer", "status": 503, "body": b""}, 0),
    ],
)
def test_nobody_can_tell(instance, send, message, fault, copies):
    instance.script(fault)
    assert isinstance(send(message()), Unknown)
    assert len(instance.posts) == copies


@pytest.mark.parametrize("fault", ["commit_then_hang", "slow_headers"])
def test_nobody_can_tell_of_who_does_not_answer(instance, send, message, hasty, fault):
    instance.script(fault)
    assert isinstance(send(message(), hasty), Unknown)
    assert len(instance.posts) == 1


def test_what_was_never_sent_is_no_try(instance, send, message):
    instance.script("refuse_connection")
    later = send(message())
    assert isinstance(later, Later)
    assert not later.counts
    instance.open()
    assert isinstance(send(message()), Published)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("401_once", "Mastodon does not know us any more: The access token is invalid. Connect it again."),
        ("403_once", "Mastodon does not let this account do that: Your login is currently disabled."),
        (
            {"fault": "answer", "status": 301, "location": "https://new.example/api/v1/statuses"},
            "The Mastodon server has moved. Connect it again at its new address.",
        ),
    ],
)
def test_the_connection_holds_its_posts(instance, send, message, fault, why):
    instance.script(fault)
    assert send(message()) == Held(why, Remedy.RECONNECT)


def test_a_token_that_may_not_publish_holds_them_too(instance, send, message, login):
    reader = replace(login, tokens=Tokens(instance.grant("read:statuses")))
    held = send(message(), as_=reader)
    assert isinstance(held, Held)
    assert "outside the authorized scopes" in held.why


def test_a_limit_ends_at_the_time_that_is_named(instance, send, message):
    instance.script({"fault": "429", "seconds": 200})
    later = send(message())
    assert isinstance(later, Later)
    assert later.everyone
    assert timedelta(seconds=190) < later.at - now() <= timedelta(seconds=200)


def test_the_limit_of_the_server_itself_is_kept(instance, send, message, travel):
    for number in range(300):
        instance.kept.asked_at.append(now() + timedelta(microseconds=number))
    later = send(message())
    assert timedelta(minutes=4, seconds=50) < later.at - now() <= timedelta(minutes=5)
    travel(minutes=5)
    assert isinstance(send(message()), Published)


@pytest.mark.parametrize("reset", ["soon", "1790000000", "2525-01-01T00:00:00Z", ""])
def test_a_limit_whose_end_cannot_be_read_is_asked_again_after_a_while(instance, send, message, reset):
    instance.script({"fault": "answer", "status": 429, "x_ratelimit_reset": reset})
    later = send(message())
    assert later.everyone
    assert later.at is None


def test_what_the_server_does_not_take_is_refused_in_its_words(instance, send, message):
    assert send(message("x" * 501)) == Refused(
        "Mastodon did not take it: Validation failed: Text character limit of 500 exceeded."
    )
    assert instance.posts == []


@pytest.mark.parametrize("status", [408, 425])
def test_what_passes_is_no_refusal(instance, send, message, status):
    instance.script({"fault": "answer", "status": status, "body": b'{"error": "Later"}'})
    assert isinstance(send(message()), Later)


@pytest.mark.parametrize("status", [404, 408, 425, 405])
@pytest.mark.parametrize("reply", [None, Reply("7", "7")])
def test_what_stands_before_the_server_says_nothing_of_the_post(instance, send, message, status, reply):
    instance.script({"fault": "answer", "status": status, "body": b"<html>nginx</html>"})
    assert send(message(reply=reply)) == Later(f"The Mastodon server is not itself just now ({status}).")


def test_an_address_that_is_no_page_is_no_link(instance, send, message):
    body = b'{"id": "7", "visibility": "public", "url": "javascript:alert(1)", "uri": "data:text/html,hi"}'
    instance.script({"fault": "answer", "status": 200, "body": body})
    assert send(message()).url == ""
