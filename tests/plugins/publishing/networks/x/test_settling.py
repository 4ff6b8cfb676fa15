"""Finding out whether a post is on X, which has no name for a request."""

from dataclasses import replace
from datetime import timedelta

import pytest

from host import now
from plugins.publishing.networks.x import PLATFORM
from plugins.publishing.networks.x.timeline import comparable
from plugins.publishing.outcomes import Absent, Ask, Hindered, LookAgain, Published, Refused, Renew
from plugins.publishing.platform import Reply, Tokens

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")
TEXT = "Tea & rest: example.com/a/, https://Example.org/B?c=d\n\nand <more> 🫖 "


@pytest.fixture
def settle(login, web):
    return lambda sent: PLATFORM.settle(sent, login, web)


@pytest.fixture
def lost(x, send, sent, message):
    """`lost("commit_then_close", text)`: a request whose answer never came."""

    def made(fault, text=TEXT, **more):
        asked = message(text, **more)
        request = sent(asked)
        x.script(fault)
        send(asked)
        return request

    return made


def again(sent, looks):
    return type(sent)(sent.body, sent.key, sent.at, looks)


def test_it_is_found_by_where_its_addresses_lead(x, settle, lost, travel):
    request = lost("commit_then_close")
    travel(seconds=16)
    assert settle(request) == Published(x.posts[0].id, f"{x.url}/ada/status/{x.posts[0].id}")
    assert len(x.asked("publish")) == 1


def test_nobody_looks_too_early(x, settle, lost, travel):
    early = settle(lost("commit_then_close"))
    assert not early.looked
    assert timedelta(seconds=10) < early.after <= timedelta(seconds=15)
    assert x.asked("look") == []


def test_a_long_post_is_compared_whole(x, settle, lost, travel):
    x.ada.subscription = "Premium"
    request = lost("commit_then_close", f"{'word ' * 100}end & example.com")
    travel(seconds=16)
    assert settle(request).remote_id == x.posts[0].id


def test_only_what_came_since_is_ours(x, settle, lost, travel):
    """Somebody published the same text long ago, and removed it from the network's memory of texts."""
    old = x.publish("Rest well", at=now() - timedelta(days=9))
    old.gone = True  # so that ours is not refused
    request = lost("close_before_commit", "Rest well")
    old.gone = False
    travel(seconds=16)
    look = settle(request)
    assert isinstance(look, LookAgain)
    assert look.looked


def test_what_did_not_arrive_is_sent_once_more(x, settle, lost, travel):
    request = lost("close_before_commit")
    travel(seconds=16)
    second = settle(request)
    assert timedelta(seconds=70) < second.after < timedelta(seconds=75)
    travel(seconds=75)
    assert settle(again(request, looks=1)).remote_id == x.posts[0].id
    assert len(x.posts) == 1
    assert [each.body for each in x.asked("publish")] == [request.body] * 2


def test_who_wants_to_be_asked_is_asked_and_nothing_sent_once_more(x, settle, lost, travel):
    request = lost("close_before_commit")
    travel(seconds=91)
    assert isinstance(settle(replace(request, looks=1, may_repeat=False)), Ask)
    assert (x.posts, len(x.asked("publish"))) == ([], 1)


def test_a_token_that_ended_meanwhile_is_renewed_first(x, settle, lost, travel):
    request = lost("commit_then_close")
    travel(hours=9)
    with pytest.raises(Hindered) as hindered:
        settle(request)
    assert isinstance(hindered.value.hindrance, Renew)


def test_a_refusal_proves_that_it_is_there(x, settle, lost, travel):
    """It was hidden from the timeline at both looks."""
    request = lost("commit_then_close")
    travel(seconds=95)
    x.script({"fault": "answer", "status": 200, "body": b'{"meta":{"result_count":0}}'}, at="look")
    assert settle(again(request, looks=1)).remote_id == x.posts[0].id
    assert len(x.posts) == 1


def test_a_refusal_of_which_nothing_is_shown_is_looked_at_again(x, settle, lost, travel):
    request = lost("commit_then_close")
    travel(seconds=95)
    x.script(*[{"fault": "answer", "status": 200, "body": b"{}"}] * 3, at="look")
    assert settle(again(request, looks=1)) == LookAgain(timedelta(minutes=2))
    assert settle(again(request, looks=2)).remote_id == x.posts[0].id


def test_a_refusal_without_any_post_is_not_believed(x, settle, lost, travel):
    """X may also mean a text of long ago, which it does not show any more."""
    request = lost("close_before_commit")
    travel(seconds=95)
    x.script(*["403_dup"] * 4)
    assert [settle(again(request, looks)) for looks in (1, 2, 3, 4)] == [LookAgain(timedelta(minutes=2))] * 4
    assert isinstance(settle(again(request, looks=5)), Ask)


def test_an_older_post_of_the_same_text_is_not_taken_for_ours(x, settle, lost, travel):
    x.publish("Rest well", at=now() - timedelta(hours=5))
    request = lost("close_before_commit", "Rest well")
    travel(seconds=95)
    refused = settle(again(request, looks=1))
    assert isinstance(refused, Refused)
    assert refused.duplicate
    assert len(x.posts) == 1


def test_an_answer_that_is_lost_once_more_is_looked_for(x, settle, lost, travel):
    request = lost("close_before_commit")
    travel(seconds=95)
    x.script("commit_then_500")
    assert settle(again(request, looks=1)) == LookAgain(timedelta(seconds=15))
    travel(seconds=16)
    assert settle(again(request, looks=2)).remote_id == x.posts[0].id
    assert len(x.posts) == 1


def test_it_does_not_go_on_for_ever(x, settle, lost, travel):
    request = lost("close_before_commit")
    travel(minutes=9)
    assert isinstance(settle(again(request, looks=5)), Ask)


@pytest.mark.parametrize("found", [True, False])
def test_a_reply_is_never_sent_twice(x, send, message, settle, lost, travel, found):
    first = send(message("One"))
    request = lost("commit_then_close" if found else "close_before_commit", "Two", reply=Reply(*[first.remote_id] * 2))
    travel(seconds=95)
    came = settle(again(request, looks=1))
    assert isinstance(came, Published if found else Ask)
    assert len(x.posts) == 1 + found


def test_long_afterwards_it_goes_by_the_rules_for_late_posts(x, settle, lost, travel, login, web):
    request = lost("close_before_commit")
    travel(hours=7)
    token = x.grant()
    late = replace(login, tokens=Tokens(token.access))
    assert isinstance(PLATFORM.settle(again(request, looks=1), late, web), Absent)
    assert x.posts == []


def test_a_reply_to_another_post_is_not_this_one(x, send, message, settle, lost, travel):
    one, other = send(message("One")), send(message("Other"))
    request = lost("close_before_commit", "Yes", reply=Reply(one.remote_id, one.remote_id))
    send(message("Yes", reply=Reply(other.remote_id, other.remote_id)))
    travel(seconds=95)
    assert isinstance(settle(again(request, looks=1)), Ask)


def test_pictures_alone_tell_nothing(x, settle, lost, travel, picture, login, web):
    name = PLATFORM.upload(picture(), login, web)
    request = lost("commit_then_close", "", uploaded=[name])
    travel(seconds=95)
    assert isinstance(settle(again(request, looks=1)), Ask)
    assert len(x.posts) == 1


def test_a_text_with_a_picture_is_found(x, settle, lost, travel, picture, login, web):
    request = lost("commit_then_close", uploaded=[PLATFORM.upload(picture(), login, web)])
    travel(seconds=16)
    assert settle(request).remote_id == x.posts[0].id


def test_a_look_that_fails_says_why(x, settle, lost, travel):
    request = lost("commit_then_close")
    travel(seconds=16)
    x.script("500_no_commit", at="look")
    with pytest.raises(Hindered) as hindered:
        settle(request)
    assert hindered.value.hindrance.why == "X has a fault of its own (500)."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Cafe\u0301  au\nlait ", "Café au lait"),
        ("example.com/a/", "https://EXAMPLE.com/a"),
        ("a&b", "a&b"),
    ],
)
def test_texts_are_compared_as_people_read_them(ours, theirs):
    assert comparable(ours) == comparable(theirs)
    assert comparable(ours) != comparable(f"{theirs}!")
