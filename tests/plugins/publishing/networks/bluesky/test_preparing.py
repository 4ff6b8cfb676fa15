"""What is asked before a post can be made: pictures, and whom a mention means."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugins.publishing.networks.bluesky import PLATFORM
from plugins.publishing.outcomes import Held, Hindered, Later, Published, Refused, Renew
from plugins.publishing.platform import Reply
from tests.peers.bluesky import uri_of

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")

RESOLVE, UPLOAD = "com.atproto.identity.resolveHandle", "com.atproto.repo.uploadBlob"


def test_a_picture_arrives_as_it_is(pds, login, web, picture):
    name, size, type_ = PLATFORM.upload(picture(b"\x89PNG\r\n\x00 kettle"), login, web).split(" ")
    assert (pds.media[name].data, size, type_) == (b"\x89PNG\r\n\x00 kettle", "14", "image/png")


def test_the_same_picture_has_the_same_name(login, web, picture):
    assert PLATFORM.upload(picture(b"tea"), login, web) == PLATFORM.upload(picture(b"tea"), login, web)


def test_a_post_shows_its_pictures(pds, login, web, picture, message):
    pictures = [picture(b"one", alt="One"), picture(b"two", alt="")]
    names = [PLATFORM.upload(each, login, web) for each in pictures]
    body = PLATFORM.body(message(pictures=pictures, uploaded=names), login)
    assert isinstance(PLATFORM.send(body, "", login, web), Published)
    assert [pds.media[name].data for name in pds.posts[0].media] == [b"one", b"two"]
    assert [image["alt"] for image in pds.posts[0].more["record"]["embed"]["images"]] == ["One", ""]


def test_a_picture_that_nobody_used_is_gone_and_may_be_uploaded_again(pds, login, web, picture, message, travel):
    shown = picture(b"tea")
    body = PLATFORM.body(message(pictures=[shown], uploaded=[PLATFORM.upload(shown, login, web)]), login)
    travel(hours=7)
    login = replace(login, tokens=PLATFORM.renew(login, web))
    assert isinstance(PLATFORM.send(body, "", login, web), Refused)
    PLATFORM.upload(shown, login, web)
    assert isinstance(PLATFORM.send(body, "", login, web), Published)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("500_no_commit", Later),
        ("commit_then_close", Later),
        ("partial_json", Later),
        ("429", Later),
        ("401_once", Renew),
        ("taken_down", Held),
        ({"fault": "answer", "status": 200, "body": b"{}"}, Later),
        ({"fault": "answer", "status": 200, "body": b'{"blob": "tea"}'}, Later),
        (
            {
                "fault": "answer",
                "status": 200,
                "body": b'{"blob": {"ref": {"$link": "x"}, "size": "large", "mimeType": "image/png"}}',
            },
            Later,
        ),
        ({"fault": "answer", "status": 413, "body": b'{"error": "PayloadTooLarge"}'}, Refused),
        ({"fault": "answer", "status": 413, "body": b"<html>"}, Later),
    ],
)
def test_uploading_may_be_repeated_whatever_became_of_it(pds, login, web, picture, fault, expected):
    pds.script(fault, at=UPLOAD)
    with pytest.raises(Hindered) as refused:
        PLATFORM.upload(picture(), login, web)
    assert isinstance(refused.value.hindrance, expected)
    assert PLATFORM.upload(picture(), login, web)


def test_a_mention_is_the_account_behind_it(pds, login, web, message):
    asked = message("Hi @Odile.test and @odile.test, @nobody.bsky.social, @ada@mastodon.social, @ada..bsky.social")
    found = PLATFORM.prepare(asked, login, web)
    assert found == {"odile.test": pds.handles["odile.test"]}
    assert [each.query["handle"] for each in pds.asked(RESOLVE)] == ["nobody.bsky.social", "odile.test"]
    body = PLATFORM.body(replace(asked, resolved=found), login)
    assert isinstance(PLATFORM.send(body, "", login, web), Published)


def test_a_text_without_mentions_asks_nobody(pds, login, web, message):
    assert PLATFORM.prepare(message("Tea at example.com"), login, web) == {}
    assert pds.requests == []


@pytest.mark.parametrize(("fault", "expected"), [("500_no_commit", Later), ("429", Later), ("401_once", Renew)])
def test_who_could_not_be_asked_is_not_taken_for_nobody(pds, login, web, message, fault, expected):
    pds.script(fault, at=RESOLVE)
    with pytest.raises(Hindered) as refused:
        PLATFORM.prepare(message("Hi @odile.test"), login, web)
    assert isinstance(refused.value.hindrance, expected)


def test_a_part_answers_one_of_which_a_person_said_that_it_is_there(pds, login, web, message):
    """By the end of its address, which is its name."""
    first = PLATFORM.send(PLATFORM.body(message("One"), login), "", login, web)
    name = pds.posts[0].key
    second = message("Two", seed="post.1", reply=Reply(name, name))
    resolved = PLATFORM.prepare(second, login, web)
    assert resolved == {name: first.remote_id}
    assert isinstance(
        PLATFORM.send(PLATFORM.body(replace(second, resolved=resolved), login), "", login, web), Published
    )
    assert pds.posts[1].reply == uri_of(pds.posts[0])


def test_a_post_that_is_known_whole_is_not_asked_for(pds, login, web, message):
    known = "at://did:plc:a/app.bsky.feed.post/3mbd3542k2222 bafy"
    assert PLATFORM.prepare(message(reply=Reply(known, known)), login, web) == {}
    assert pds.requests == []


def test_an_answer_to_a_post_that_is_not_there_is_refused(login, web, message):
    with pytest.raises(Hindered) as refused:
        PLATFORM.prepare(message(reply=Reply("3mbd3542k2222", "3mbd3542k2222")), login, web)
    assert isinstance(refused.value.hindrance, Refused)


@pytest.mark.parametrize("body", [b"{}", b'{"did": "odile"}', b'{"did": 7}', b"nonsense"])
def test_an_answer_that_names_no_account_leaves_text(pds, login, web, message, body):
    pds.script({"fault": "answer", "status": 200, "body": body}, at=RESOLVE)
    assert PLATFORM.prepare(message("Hi @odile.test"), login, web) == {}


def test_a_limit_on_pictures_ends_at_the_time_that_is_named(pds, login, web, picture):
    pds.script({"fault": "429", "seconds": 90}, at=UPLOAD)
    with pytest.raises(Hindered) as refused:
        PLATFORM.upload(picture(), login, web)
    later = refused.value.hindrance
    assert later.everyone
    assert timedelta(seconds=80) < later.at - pds.now() <= timedelta(seconds=90)
