"""Publishing a post: every answer and every fault; and that asking again never makes two."""

from dataclasses import replace
from datetime import timedelta

import pytest

from host import now
from plugins.publishing.networks.bluesky import PLATFORM
from plugins.publishing.outcomes import Ask, Held, Later, LookAgain, Published, Refused, Renew, Unknown
from plugins.publishing.platform import Reply
from tests.peers.bluesky import BlueskyPeer, cid_of, uri_of

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")

LOST = ["commit_then_close", "commit_then_500", "commit_then_502", "partial_json"]
NEVER_DONE = ["close_before_commit", "500_no_commit", "502_html_body"]


@pytest.fixture
def send(login, web):
    def go(message, client=web):
        return PLATFORM.send(PLATFORM.body(message, login), message.key, login, client)

    return go


@pytest.fixture
def settle(login, web, sent):
    return lambda message, client=web: PLATFORM.settle(sent(message), login, client)


def published(pds):
    [post] = pds.posts
    return Published(
        f"{uri_of(post)} {post.more['cid']}", url=f"https://bsky.app/profile/ada.bsky.social/post/{post.key}"
    )


def test_a_post_is_published(pds, send, message):
    asked = message("Tea 🫖 at example.com #tea", language="en")
    assert send(asked) == published(pds)
    assert (pds.posts[0].text, pds.posts[0].key) == (asked.text, asked.key)


def test_a_thread_hangs_together(pds, send, message):
    first = send(message("One"))
    second = send(message("Two", seed="post.1", reply=Reply(first.remote_id, first.remote_id)))
    send(message("Three", seed="post.2", reply=Reply(first.remote_id, second.remote_id)))
    replies = [post.more["record"].get("reply") for post in pds.posts]
    one, two = ({"uri": uri_of(post), "cid": post.more["cid"]} for post in pds.posts[:2])
    assert replies == [None, {"root": one, "parent": one}, {"root": one, "parent": two}]


def test_an_answer_to_nothing_is_never_published_by_itself(pds, send, message):
    assert send(message("Two", reply=Reply("", ""))) == Refused("What it answers is not known at Bluesky.")
    assert pds.requests == []


@pytest.mark.parametrize("fault", [*LOST, *NEVER_DONE])
def test_asking_again_never_makes_two(pds, send, settle, message, travel, fault):
    pds.script(fault)
    assert isinstance(send(message()), Unknown)
    travel(minutes=1)
    assert settle(message()) == published(pds)
    assert settle(message()) == published(pds)
    assert pds.commits == 1


@pytest.mark.parametrize("fault", ["commit_then_hang", "slow_headers"])
def test_nobody_can_tell_of_who_does_not_answer(pds, send, settle, message, hasty, fault):
    pds.script(fault)
    assert isinstance(send(message(), hasty), Unknown)
    assert settle(message()) == published(pds)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"uri": "at://x"}', b'{"uri": 1, "cid": 2}', b"\xff"])
def test_a_yes_that_cannot_be_read_is_asked_for_again(pds, send, settle, message, body):
    asked = message()
    pds.script({"fault": "answer", "status": 200, "body": body})
    assert isinstance(send(asked), Unknown)
    assert settle(asked) == published(pds)


def test_what_was_never_sent_is_no_try(pds, send, message):
    pds.script("refuse_connection")
    later = send(message())
    assert isinstance(later, Later)
    assert not later.counts
    pds.open()
    assert isinstance(send(message()), Published)


@pytest.mark.parametrize("fault", ["close_before_commit", "500_no_commit", "commit_then_hang"])
def test_a_second_request_that_fails_is_made_once_more(pds, send, settle, message, hasty, fault):
    pds.script("close_before_commit", fault)
    send(message())
    assert settle(message(), hasty) == LookAgain(timedelta(minutes=1), looked=False)
    assert settle(message()) == published(pds)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("401_once", Renew("Bluesky wants a new token.")),
        (
            "taken_down",
            Held("Bluesky does not let us in any more: Account has been taken down. Connect it again."),
        ),
        (
            {"fault": "answer", "status": 400, "body": b'{"error": "InvalidToken", "message": "Bad token"}'},
            Held("Bluesky does not let us in any more: Bad token. Connect it again."),
        ),
        (
            {"fault": "answer", "status": 401, "body": b'{"error": "AuthMissing"}'},
            Held("Bluesky does not let us in any more: AuthMissing. Connect it again."),
        ),
        (
            {"fault": "answer", "status": 403, "body": b"<html>"},
            Held("Bluesky does not let us in any more. Connect it again."),
        ),
        (
            {"fault": "answer", "status": 400, "body": b'{"error": "InvalidRequest", "message": "Bad facet."}'},
            Refused("Bluesky did not take it: Bad facet."),
        ),
        ({"fault": "answer", "status": 404, "body": b"<html>"}, Later("The server is not itself just now (404).")),
        ({"fault": "answer", "status": 302}, Later("The server is not itself just now (302).")),
    ],
)
def test_each_answer_means_what_it_says(pds, send, settle, message, fault, expected):
    pds.script(fault, fault)
    assert send(message()) == expected
    assert settle(message()) == expected
    assert pds.posts == []


def test_what_is_too_long_is_refused(pds, send, message):
    refused = send(message("x" * 301))
    assert isinstance(refused, Refused)
    assert "300 graphemes" in refused.why


def test_a_limit_ends_at_the_time_that_is_named(pds, send, message):
    pds.script({"fault": "429", "seconds": 600})
    later = send(message())
    assert later.everyone
    assert timedelta(seconds=590) < later.at - now() <= timedelta(seconds=600)


@pytest.mark.parametrize("reset", ["soon", "-1", "99999999999999", "2026-11-22T10:00:00Z", "nan", "inf", ""])
def test_a_limit_whose_end_cannot_be_read_is_asked_again_after_a_while(pds, send, message, reset):
    pds.script({"fault": "answer", "status": 429, "ratelimit_reset": reset})
    later = send(message())
    assert later.everyone
    assert later.at is None


def test_an_account_that_is_switched_off_holds_its_posts(pds, send, message):
    pds.ada.status = "deactivated"
    assert isinstance(send(message()), Held)


def test_another_post_of_this_name_is_never_written_over(pds, send, settle, message, login):
    taken = replace(message("Another"), key=message().key)
    send(taken)
    assert isinstance(send(message()), Unknown)
    assert settle(message()) == Ask("Something else has this post's name at Bluesky. Was it published?")
    assert [post.text for post in pds.posts] == ["Another"]


@pytest.fixture
def forgetful(begin_peer, pds, login):
    """A server that refuses even its own record of that name, with the same account."""
    peer = begin_peer(BlueskyPeer, knows_again=False)
    return peer, replace(login, addresses={**login.addresses, "api": peer.url})


def test_a_server_that_does_not_know_its_record_again_is_looked_at(forgetful, message, sent, web):
    peer, login = forgetful
    peer.script("commit_then_close")
    request = sent(message())
    assert isinstance(PLATFORM.send(request.body, "", login, web), Unknown)
    assert PLATFORM.settle(request, login, web) == published(peer)
    assert peer.commits == 1


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("500_no_commit", Later),
        ("401_once", Renew),
        ({"fault": "answer", "status": 400, "body": b'{"error": "RecordNotFound"}'}, LookAgain),
        ({"fault": "answer", "status": 200, "body": b"{}"}, Ask),
    ],
)
def test_a_look_that_fails_tells_nothing(forgetful, message, sent, web, fault, expected):
    peer, login = forgetful
    request = sent(message())
    PLATFORM.send(request.body, "", login, web)
    peer.script(fault, at="com.atproto.repo.getRecord")
    assert isinstance(PLATFORM.settle(request, login, web), expected)
    assert PLATFORM.settle(request, login, web) == published(peer)


def test_the_name_by_hash_is_the_records_own(pds, send, message):
    send(message())
    assert pds.posts[0].more["cid"] == cid_of(pds.posts[0].more["record"])
