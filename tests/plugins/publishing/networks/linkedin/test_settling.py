"""Finding out whether a post is on LinkedIn, which shows nobody's posts to us but knows them again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from host import now
from plugins.publishing.networks.linkedin import PLATFORM
from plugins.publishing.outcomes import Ask, Held, Later, LookAgain, Published, Refused

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")


@pytest.fixture
def settle(login, web):
    return lambda sent: PLATFORM.settle(sent, login, web)


@pytest.fixture
def lost(linkedin, send, sent, message):
    """`lost("commit_then_close")`: a request whose answer never came."""

    def made(fault, text="The kettle is on.", looks=0):
        request = sent(message(text), looks)
        linkedin.script(fault)
        send(message(text))
        return request

    return made


def test_nobody_asks_again_too_early(linkedin, settle, lost):
    early = settle(lost("commit_then_close"))
    assert not early.looked
    assert timedelta(seconds=115) < early.after <= timedelta(seconds=120)
    assert len(linkedin.asked("publish")) == 1


def test_what_arrived_is_named_by_its_refusal(linkedin, settle, lost, travel):
    request = lost("commit_then_close")
    travel(seconds=121)
    found = settle(request)
    assert (found.remote_id, found.url) == (linkedin.posts[0].id, f"{linkedin.url}/feed/update/{linkedin.posts[0].id}")
    assert found.note == "LinkedIn says that it has this post. Look once whether it is there."
    assert len(linkedin.posts) == 1


def test_what_did_not_arrive_is_published_by_the_same_bytes(linkedin, settle, lost, travel):
    request = lost("close_before_commit")
    travel(seconds=121)
    assert settle(request).remote_id == linkedin.posts[0].id
    assert [each.body for each in linkedin.asked("publish")] == [request.body] * 2


def test_an_older_post_of_the_same_words_is_not_taken_for_ours(linkedin, settle, lost, travel):
    linkedin.publish("The kettle is on.", at=now() - timedelta(hours=20))
    linkedin.posts[0].more["content"] = ("urn:li:person:Ada-1_x", "The kettle is on.", "")
    request = lost("close_before_commit")
    travel(seconds=121)
    refused = settle(request)
    assert isinstance(refused, Refused)
    assert refused.duplicate
    assert f"{now() - timedelta(hours=20):%Y-%m-%d}" in refused.why


def test_a_post_that_somebody_removed_since_is_still_known(linkedin, settle, lost, travel):
    request = lost("commit_then_close")
    linkedin.posts[0].gone = True
    travel(seconds=121)
    assert isinstance(settle(request), Published)
    assert len(linkedin.posts) == 1


def test_a_duplicate_without_a_name_is_for_people(linkedin, settle, lost, travel):
    request = lost("commit_then_close")
    travel(seconds=121)
    linkedin.script({"fault": "422_dup", "urn": "something"})
    assert isinstance(settle(request), Ask)


def test_an_answer_that_is_lost_once_more_is_asked_for_again(linkedin, settle, lost, travel):
    request = lost("close_before_commit")
    travel(seconds=121)
    linkedin.script("commit_then_500")
    assert settle(request) == LookAgain(timedelta(seconds=120))
    travel(seconds=121)
    assert settle(request).remote_id == linkedin.posts[0].id
    assert len(linkedin.posts) == 1


@pytest.mark.parametrize(("hours", "looks"), [(7, 0), (0, 3)])
def test_it_does_not_go_on_for_ever(linkedin, settle, lost, travel, hours, looks):
    request = lost("close_before_commit", looks=looks)
    travel(hours=hours, seconds=121)
    assert isinstance(settle(request), Ask)
    assert linkedin.posts == []


def test_what_stands_in_the_way_is_said(linkedin, settle, lost, travel):
    request = lost("close_before_commit")
    travel(seconds=121)
    linkedin.quota = 0
    assert isinstance(settle(request), Later)
    travel(days=1)
    for token in linkedin.tokens.values():
        token.revoked = True
    request = type(request)(request.body, request.key, now() - timedelta(hours=1), 0)
    assert isinstance(settle(request), Held)


def test_who_wants_to_be_asked_is_asked_and_nothing_sent_once_more(linkedin, settle, lost, travel):
    request = lost("close_before_commit")
    travel(seconds=130)
    assert isinstance(settle(replace(request, may_repeat=False)), Ask)
    assert (linkedin.posts, len(linkedin.asked("publish"))) == ([], 1)
