"""Publishing on LinkedIn: every answer and every fault, and what each means."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from host import now
from plugins.publishing.networks.linkedin import PLATFORM
from plugins.publishing.networks.linkedin.urn import made_at
from plugins.publishing.outcomes import Held, Hindered, Later, Published, Refused, Remedy, Renew, Unknown
from plugins.publishing.platform import Tokens

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")


def test_a_post_is_published(linkedin, send, message):
    done = send(message("Rest (well) #fallow", options={"visibility": "CONNECTIONS"}))
    [post] = linkedin.posts
    assert (done.remote_id, done.url) == (post.id, f"{linkedin.url}/feed/update/{post.id}")
    assert post.text == "Rest (well) #fallow"
    assert post.more["visibility"] == "CONNECTIONS"


def test_a_urn_tells_its_time(linkedin, send, message):
    done = send(message())
    assert abs(made_at(done.remote_id) - now()) < timedelta(seconds=10)
    assert made_at("urn:li:share:7141138937766391808").date() == datetime(2023, 12, 14, tzinfo=UTC).date()


def test_the_bytes_are_the_same_for_the_same_message(message, login):
    assert PLATFORM.body(message("é"), login) == PLATFORM.body(message("é"), login)
    assert json.loads(PLATFORM.body(message("é"), login)) == {
        "author": "urn:li:person:Ada-1_x",
        "commentary": "é",
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }


def test_a_link_is_a_card_where_it_has_a_title(linkedin, send, message):
    send(message("Read https://example.org/a_b", options={"link_title": "On (rest)"}))
    send(message("No link here", options={"link_title": "On rest"}))
    article = {"article": {"source": "https://example.org/a_b", "title": "On (rest)"}}
    assert [each.more["said"].get("content") for each in linkedin.posts] == [article, None]


@pytest.mark.parametrize("count", [1, 3])
def test_pictures_go_with_their_descriptions(linkedin, send, message, picture, login, web, count):
    pictures = [picture(f"picture {number}".encode(), alt=f"({number})") for number in range(count)]
    names = [PLATFORM.upload(each, login, web) for each in pictures]
    assert isinstance(send(message("Look", pictures=pictures, uploaded=names)), Published)
    assert [linkedin.media[name].data for name in linkedin.posts[0].media] == [
        f"picture {number}".encode() for number in range(count)
    ]
    assert "(0)" in linkedin.asked("publish")[0].body.decode()  # a description is plain text


def test_a_picture_that_is_worked_on_is_waited_for(linkedin, send, message, picture, login, web, travel):
    linkedin.image_takes = timedelta(seconds=18)
    post = message("Look", pictures=[picture()], uploaded=[PLATFORM.upload(picture(), login, web)])
    later = send(post)
    assert isinstance(later, Later)
    assert not later.counts
    travel(seconds=21)
    assert isinstance(send(post), Published)


@pytest.mark.parametrize("fault", ["close_before_commit", "500_no_commit", "502_html_body", "partial_json"])
def test_a_picture_that_did_not_arrive_may_be_sent_again(linkedin, picture, login, web, fault):
    linkedin.script(fault, at="media")
    with pytest.raises(Hindered) as hindered:
        PLATFORM.upload(picture(), login, web)
    assert isinstance(hindered.value.hindrance, Later)
    assert PLATFORM.upload(picture(), login, web) in linkedin.media


def test_what_linkedin_would_refuse(message, picture):
    post = message(" ", options={"link_title": "A"})
    assert PLATFORM.problems(post, {}) == ["LinkedIn wants a text or a picture."]
    large = message("A", pictures=[picture(width=9000, height=9000, alt="a" * 4087)], options={"link_title": "A"})
    assert len(PLATFORM.problems(large, {})) == 3
    assert PLATFORM.problems(message(), {}) == []


def test_a_text_that_is_too_long_is_refused(linkedin, send, message):
    refused = send(message("(" * 1501))
    assert isinstance(refused, Refused)
    assert "exceeded the maximum allowed" in refused.why
    assert linkedin.posts == []


def test_the_same_post_twice_is_refused(linkedin, send, message):
    send(message())
    assert send(message()) == Refused(
        "LinkedIn has this very post from you already. Change it a little.", duplicate=True
    )
    assert len(linkedin.posts) == 1


def test_the_head_of_the_answer_tells_enough(linkedin, send, message):
    """Its body is empty; where it is promised and never comes, the post is there all the same."""
    linkedin.script("partial_json")
    assert send(message()).remote_id == linkedin.posts[0].id


@pytest.mark.parametrize("name", ["", "urn:li:fish:1", "urn:li:share:x"])
def test_a_yes_without_a_name_is_no_answer(linkedin, send, message, name):
    linkedin.script({"fault": "answer", "status": 201, "x_restli_id": name})
    assert isinstance(send(message()), Unknown)


@pytest.mark.parametrize(
    "fault", ["close_before_commit", "500_no_commit", "502_html_body", "commit_then_close", "commit_then_500"]
)
def test_without_a_word_nobody_can_tell(linkedin, send, message, fault):
    linkedin.script(fault)
    assert isinstance(send(message()), Unknown)
    assert len(linkedin.asked("publish")) == 1
    assert len(linkedin.posts) == fault.startswith("commit")


@pytest.mark.parametrize("fault", ["commit_then_hang", "slow_headers"])
def test_who_hangs_may_have_done_it(linkedin, send, message, hasty, fault):
    linkedin.script(fault)
    assert isinstance(send(message(), hasty), Unknown)
    assert len(linkedin.posts) == 1


def test_what_was_never_sent_is_no_try(linkedin, send, message):
    linkedin.script("refuse_connection")
    later = send(message())
    assert isinstance(later, Later)
    assert not later.counts
    linkedin.open()
    assert isinstance(send(message()), Published)


@pytest.mark.parametrize(
    ("code", "name"),
    [(65600, "INVALID_ACCESS_TOKEN"), (65601, "REVOKED_ACCESS_TOKEN"), (65602, "EXPIRED_ACCESS_TOKEN")],
)
@pytest.mark.parametrize("refresh", ["", "one"])
def test_a_dead_token_is_renewed_where_it_can_be(linkedin, send, message, login, code, name, refresh):
    linkedin.script({"fault": "401", "code": code, "name": name})
    came = send(message(), as_=replace(login, tokens=replace(login.tokens, refresh=refresh)))
    assert isinstance(came, Renew if refresh else Held)


def test_a_token_ends_after_sixty_days(linkedin, send, message, travel):
    travel(days=61)
    assert isinstance(send(message()), Held)


def test_what_is_forbidden_is_asked_once_more_and_then_not(linkedin, send, message, login):
    linkedin.script("403", "403", "403")
    later = send(message())
    assert timedelta(seconds=55) < later.at - now() <= timedelta(seconds=60)
    held = send(message(), as_=replace(login, profile=later.learned))
    assert (type(held), held.remedy) == (Held, Remedy.SETUP)
    assert isinstance(send(message(), as_=replace(login, profile={"forbidden_at": "2026-01-01T00:00:00+00:00"})), Later)


def test_another_persons_name_is_not_ours(linkedin, send, message, login):
    assert isinstance(send(message(), as_=replace(login, remote_id="urn:li:person:Odile")), Later)
    assert linkedin.posts == []


def test_a_quota_is_waited_for_longer_and_longer_until_midnight(linkedin, send, message, login, travel_to_noon):
    linkedin.quota = 0
    profile, waits = {}, []
    for _each in range(7):
        later = send(message(), as_=replace(login, profile=profile))
        assert later.everyone
        profile = {**profile, **later.learned}
        waits.append(round((later.at - now()).total_seconds() / 60))
    assert waits == [15, 30, 60, 120, 240, 480, 720]


@pytest.fixture
def travel_to_noon(travel):
    noon = now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    travel(seconds=(noon - now()).total_seconds())


def test_a_new_day_begins_anew(linkedin, send, message, login):
    linkedin.quota = 0
    later = send(message(), as_=replace(login, profile={"paused": "2020-01-01 480"}))
    assert later.at - now() <= timedelta(minutes=15)


def test_a_gateway_that_says_no_is_not_linkedin(linkedin, send, message):
    linkedin.script({"fault": "answer", "status": 404, "body": b"<html>", "retry_after": "30"})
    later = send(message())
    assert isinstance(later, Later)
    assert later.at is not None


def test_a_strange_token_publishes_nothing(linkedin, send, message, login):
    assert isinstance(send(message(), as_=replace(login, tokens=Tokens("strange"))), Held)
    assert linkedin.posts == []
