"""Finding out whether a status is there: by its key while that is kept, by looking afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest

from host import now
from plugins.publishing.networks.mastodon import PLATFORM
from plugins.publishing.outcomes import Absent, Ask, Held, Later, LookAgain, Published, Refused
from plugins.publishing.platform import Reply
from tests.peers.posts import PeerMedia

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")

LOST = ["commit_then_close", "commit_then_500", "commit_then_502", "partial_json"]
NEVER_DONE = ["close_before_commit", "500_no_commit", "502_html_body"]


@pytest.fixture
def lose(instance, login, web, message, sent):
    """`lose("commit_then_close")`: a status whose answer is lost, or that was never made."""

    def go(fault, asked=None):
        asked = asked or message()
        request = sent(asked)
        instance.script(fault)
        PLATFORM.send(request.body, request.key, login, web)
        return request

    return go


@pytest.fixture
def settle(login, web):
    return lambda sent, client=web: PLATFORM.settle(sent, login, client)


def test_a_request_that_may_be_at_work_is_left_alone(instance, lose, settle):
    request = lose("commit_then_close")
    later = settle(request)
    assert isinstance(later, LookAgain)
    assert timedelta(seconds=80) < later.after <= timedelta(seconds=90)
    assert len(instance.asked("publish")) == 1


@pytest.mark.parametrize("fault", LOST + NEVER_DONE)
@pytest.mark.parametrize("minutes", [2, 54])
def test_the_same_key_makes_it_one(instance, lose, settle, travel, fault, minutes):
    request = lose(fault)
    travel(minutes=minutes)
    found = settle(request)
    [post] = instance.posts
    assert found == Published(post.id, url=f"{instance.url}/@ada/{post.id}")
    assert len({each.headers["idempotency-key"] for each in instance.asked("publish")}) == 1


def test_what_was_removed_since_is_not_sent_again(instance, lose, settle, travel):
    request = lose("commit_then_close")
    instance.posts[0].gone = True
    travel(minutes=2)
    found = settle(request)
    assert isinstance(found, Published)
    assert found.gone
    assert found.note == "It was published and has been removed there since."
    assert len(instance.posts) == 1


def test_an_answer_that_was_removed_is_told_from_one_whose_question_is_gone(
    instance, lose, settle, travel, message, login, web
):
    first = PLATFORM.send(PLATFORM.body(message("One"), login), "first", login, web)
    answer = message("Two", reply=Reply(first.remote_id, first.remote_id))
    request = lose("commit_then_close", answer)
    instance.posts[1].gone = True
    travel(minutes=2)
    assert settle(request).gone  # its question is there

    instance.posts[0].gone = True
    assert isinstance(settle(request), Absent)

    instance.posts[1].gone = False
    assert settle(request).remote_id == instance.posts[1].id


@pytest.mark.parametrize("fault", LOST)
def test_later_it_is_looked_for(instance, lose, settle, travel, fault):
    request = lose(fault)
    travel(hours=5)
    asked = len(instance.asked("publish"))
    assert settle(request).remote_id == instance.posts[0].id
    assert len(instance.asked("publish")) == asked


@pytest.mark.parametrize("fault", NEVER_DONE)
def test_what_is_not_found_twice_is_not_there(lose, settle, travel, fault):
    request = lose(fault)
    travel(hours=5)
    assert settle(request) == LookAgain(timedelta(seconds=60))
    travel(minutes=1)
    assert isinstance(settle(replace(request, looks=1)), Absent)


def test_only_looks_are_counted_as_looks(instance, lose, settle, travel):
    request = lose("close_before_commit")
    assert not settle(request).looked  # it may be at work
    travel(minutes=2)
    instance.script("close_before_commit")
    assert not settle(request).looked  # it was asked for again
    travel(hours=1)
    assert settle(request).looked


TEXT = "Tea & https://example.com/a/long/path/that/will/be/cut/off, @ada@b.example #tea\n\nMore"


def test_it_is_known_by_its_text_however_the_server_shows_it(instance, lose, settle, travel, message):
    request = lose("commit_then_close", message(TEXT, warning="Steam"))
    travel(hours=5)
    assert settle(request).remote_id == instance.posts[0].id


@pytest.mark.parametrize(
    "other",
    [
        {"text": "The kettle is off."},
        {"more": {"spoiler_text": "Steam"}},
        {"reply": "7"},
        {"earlier": 3},
        {"media": ("7",)},
    ],
)
def test_another_status_is_not_taken_for_it(instance, lose, settle, travel, other):
    request = lose("commit_then_close")
    [post] = instance.posts
    post.text = other.get("text", post.text)
    post.more |= other.get("more", {})
    post.reply = other.get("reply", "")
    post.at -= timedelta(minutes=other.get("earlier", 0))
    instance.media["7"] = PeerMedia("7", post.account)
    post.media = other.get("media", ())
    travel(hours=5)
    assert isinstance(settle(replace(request, looks=1)), Absent)


def test_a_server_whose_clock_is_behind_is_understood(instance, lose, settle, travel):
    request = lose("commit_then_close")
    instance.posts[0].at -= timedelta(minutes=1)
    travel(hours=5)
    assert settle(request).remote_id == instance.posts[0].id


def test_what_somebody_else_said_and_ada_passed_on_is_not_hers(instance, lose, settle, travel):
    request = lose("commit_then_close")
    instance.posts[0].more["reblog"] = {"id": "7"}
    travel(hours=5)
    assert isinstance(settle(replace(request, looks=1)), Absent)


def test_it_is_looked_for_as_far_back_as_it_was_sent(instance, lose, settle, travel, message):
    request = lose("commit_then_close")
    account = instance.ada
    for number in range(100):
        instance.posts.append(instance._new(account, {"status": f"Number {number}"}, [], "", ""))
    travel(hours=5)
    assert settle(request).remote_id == instance.posts[0].id
    assert len(instance.asked("statuses")) == 6


def test_who_published_too_much_since_is_asked(instance, lose, settle, travel):
    request = lose("close_before_commit")
    for number in range(401):
        instance.posts.append(instance._new(instance.ada, {"status": f"Number {number}"}, [], "", ""))
    travel(hours=5)
    assert isinstance(settle(replace(request, looks=1)), Ask)


def test_pictures_that_are_part_of_it_already_prove_it(instance, lose, settle, travel, message, picture, login, web):
    """A server that died between keeping the status and keeping its key."""
    name = PLATFORM.upload(picture(), login, web)
    request = lose("commit_then_close", message(uploaded=[name]))
    instance.kept.keys.clear()
    travel(minutes=2)
    assert settle(request).remote_id == instance.posts[0].id
    assert len(instance.posts) == 1


def test_what_would_not_be_taken_was_not_taken(lose, settle, travel, message):
    request = lose("close_before_commit", message("x" * 501))
    travel(minutes=2)
    assert isinstance(settle(request), Refused)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("close_before_commit", LookAgain),
        ("500_no_commit", LookAgain),
        ("refuse_connection", Later),
        ("429", Later),
        ("401_once", Held),
        ({"fault": "answer", "status": 404, "body": b"<html>"}, Later),
    ],
)
def test_a_second_request_that_fails_leaves_it_open(instance, lose, settle, travel, fault, expected):
    request = lose("commit_then_close")
    travel(minutes=2)
    instance.script(fault)
    assert isinstance(settle(request), expected)
    instance.open() if fault == "refuse_connection" else None
    assert isinstance(settle(request), Published)
    assert len(instance.posts) == 1


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("500_no_commit", Later),
        ("429", Later),
        ("401_once", Held),
        ({"fault": "answer", "status": 200, "body": b"<html>"}, Later),
        ({"fault": "answer", "status": 200, "body": b"{}"}, Later),
        ({"fault": "answer", "status": 200, "body": b'{"id": "7"}'}, Ask),
        ({"fault": "answer", "status": 404, "body": b'{"error": "Record not found"}'}, Ask),
    ],
)
def test_a_look_that_fails_tells_nothing(instance, lose, settle, travel, fault, expected):
    request = lose("commit_then_close")
    travel(hours=5)
    instance.script(fault, at="statuses")
    assert isinstance(settle(replace(request, looks=1)), expected)


def test_a_status_whose_time_cannot_be_read_hides_none(instance, lose, settle, travel):
    request = lose("commit_then_close")
    post = instance.posts[0]
    body = (
        b'[3, {"id": "9", "created_at": "soon"}, {"id": "%s", "created_at": "%s", "visibility": "public",'
        b' "content": "<p>The kettle is on.</p>"}]'
    ) % (post.id.encode(), now().isoformat().encode())
    travel(hours=5)
    instance.script({"fault": "answer", "status": 200, "body": body}, at="statuses")
    assert settle(request).remote_id == post.id
