"""Pictures on their way to an instance."""

from datetime import timedelta

import pytest

from plugins.publishing.networks.mastodon import PLATFORM
from plugins.publishing.outcomes import Held, Hindered, Later, Published, Refused
from tests.peers.mastodon import MastodonPeer

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")


def send(login, web, message):
    return PLATFORM.send(PLATFORM.body(message, login), message.key, login, web)


def test_a_picture_arrives_as_it_is_with_its_description(instance, login, web, picture):
    name = PLATFORM.upload(picture(b"\x89PNG\r\n\x00 kettle", alt="Ein Kessel – “heiß”"), login, web)
    kept = instance.media[name]
    assert (kept.data, kept.type, kept.alt) == (b"\x89PNG\r\n\x00 kettle", "image/png", "Ein Kessel – “heiß”")


def test_a_status_shows_its_pictures_in_their_order(instance, login, web, picture, message):
    names = [PLATFORM.upload(picture(data), login, web) for data in (b"one", b"two")]
    assert isinstance(send(login, web, message(uploaded=names)), Published)
    assert instance.posts[0].media == tuple(names)


def test_a_status_waits_for_a_picture_that_is_worked_upon(instance, login, web, picture, message, travel):
    instance.rules.work = timedelta(minutes=1)
    name = PLATFORM.upload(picture(type="image/gif"), login, web)
    waits = send(login, web, message(uploaded=[name]))
    assert isinstance(waits, Later)
    assert waits.why == "Mastodon is still working on a picture."
    assert waits.at is not None
    assert not waits.everyone
    travel(minutes=1)
    assert isinstance(send(login, web, message(uploaded=[name])), Published)
    assert len(instance.asked("upload")) == 1


def test_a_picture_that_is_gone_is_refused_in_the_servers_words(login, web, message):
    refused = send(login, web, message(uploaded=["12345"]))
    assert refused == Refused(
        "Mastodon did not take it: Validation failed: Media not found or already attached to another post."
    )


def test_what_the_server_does_not_take_is_refused(login, web, picture):
    with pytest.raises(Hindered) as refused:
        PLATFORM.upload(picture(type="image/svg+xml"), login, web)
    assert isinstance(refused.value.hindrance, Refused)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("500_no_commit", Later),
        ("502_html_body", Later),
        ("commit_then_close", Later),
        ("partial_json", Later),
        ("429", Later),
        ("401_once", Held),
        ("403_once", Held),
        ({"fault": "answer", "status": 200, "body": b"{}"}, Later),
        ({"fault": "answer", "status": 200, "body": b"nonsense"}, Later),
        ({"fault": "answer", "status": 413, "body": b"<html>Too large</html>"}, Later),
    ],
)
def test_uploading_may_be_repeated_whatever_became_of_it(instance: MastodonPeer, login, web, picture, fault, expected):
    instance.script(fault, at="upload")
    with pytest.raises(Hindered) as refused:
        PLATFORM.upload(picture(), login, web)
    assert isinstance(refused.value.hindrance, expected)
    assert PLATFORM.upload(picture(), login, web) in instance.media
