"""Pictures on X."""

from datetime import timedelta

import pytest

from host import now
from plugins.publishing.networks.x import PLATFORM
from plugins.publishing.outcomes import Hindered, Later, Published, Refused, Renew

pytestmark = pytest.mark.sqlite_only("a network's client uses no database")
GIF = {"type": "image/gif", "name": "kettle.gif"}


@pytest.fixture
def upload(login, web):
    return lambda picture: PLATFORM.upload(picture, login, web)


def test_an_image_goes_in_one_request_and_is_described(x, upload, picture, send, message):
    names = [upload(picture(b"one")), upload(picture(b"two", alt=""))]
    done = send(message("", uploaded=names))
    assert [(x.media[name].data, x.media[name].alt) for name in names] == [(b"one", "A kettle"), (b"two", "")]
    assert isinstance(done, Published)
    assert x.posts[0].media == tuple(names)


def test_a_gif_goes_in_pieces(x, upload, picture):
    data = bytes(range(256)) * 10_000
    name = upload(picture(data, **GIF))
    assert (x.media[name].data, x.media[name].type) == (data, "image/gif")
    assert x.media[name].more["pieces"] == 3


def test_a_gif_is_waited_for(x, upload, picture, send, message, travel):
    x.gif_takes = timedelta(seconds=30)
    post = message("Look", uploaded=[upload(picture(**GIF))])
    later = send(post)
    assert isinstance(later, Later)
    assert not later.counts
    assert timedelta(seconds=6) < later.at - now() <= timedelta(seconds=7)
    assert x.asked("publish") == []
    travel(seconds=31)
    assert isinstance(send(post), Published)


def test_a_gif_that_x_cannot_show(x, upload, picture, send, message):
    post = message("Look", uploaded=[upload(picture(**GIF))])
    x.script({"fault": "answer", "status": 200, "body": b'{"data":{"processing_info":{"state":"failed"}}}'}, at="media")
    assert send(post) == Refused("X cannot show this picture.")


def test_where_x_says_nothing_of_a_picture_the_post_is_sent(x, upload, picture, send, message):
    post = message("Look", uploaded=[upload(picture())])
    x.script({"fault": "answer", "status": 400, "body": b'{"detail":"no such command"}'}, at="media")
    assert isinstance(send(post), Published)


def test_where_x_cannot_be_asked_for_a_picture_nothing_is_sent(x, upload, picture, send, message):
    post = message("Look", uploaded=[upload(picture())])
    x.script("500_no_commit", at="media")
    assert isinstance(send(post), Later)
    assert x.asked("publish") == []


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("close_before_commit", Later),
        ("commit_then_close", Later),
        ("502_html_body", Later),
        ("401_once", Renew),
        ({"fault": "answer", "status": 200, "body": b"{}"}, Later),
        ({"fault": "answer", "status": 400, "body": b'{"detail":"too large"}'}, Refused),
    ],
)
def test_what_stands_in_the_way_publishes_nothing(x, upload, picture, fault, kind):
    x.script(fault, at="media")
    with pytest.raises(Hindered) as hindered:
        upload(picture())
    assert type(hindered.value.hindrance) is kind
    upload(picture())
