"""What is told from what: not sent, done perhaps, and not done."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from host import http_client, now
from plugins.publishing.networks.asking import ask, publish
from plugins.publishing.networks.moments import epoch, in_seconds, iso, retry_after
from plugins.publishing.networks.reading import json_object, listed, part, words
from plugins.publishing.outcomes import Hindered, Later, Unknown
from tests.http_server import answer, falls_silent, floods, says

pytestmark = pytest.mark.sqlite_only("what is asked of others asks no database")
CUT = b"HTTP/1.1 201 Created\r\nx-name: 7\r\ncontent-length: 100\r\n\r\n{"


@pytest.fixture
def far(http_server):
    """`far(answer(500))`: the address of a network that answers so."""
    return lambda *answers: http_server(*answers).url()


def hindrance(*given, **more):
    with pytest.raises(Hindered) as hindered:
        ask(*given, title="The Fen", **more)
    return hindered.value.hindrance


def posted(client, url, **more):
    return publish(client, "POST", url, title="The Fen", **more)


@pytest.mark.parametrize("status", [200, 302, 404, 429])
def test_an_answer_is_handed_on(web, far, status):
    assert ask(web, "GET", far(answer(status)), title="The Fen").status_code == status
    assert posted(web, far(answer(status)), json={}).status_code == status


def test_nobody_there_is_no_try(web, http_server):
    server = http_server()
    server.stop()
    later = hindrance(web, "GET", server.url())
    assert later == Later(later.why, counts=False)
    assert later.why == "The Fen was not reached: No connection to 127.0.0.1 could be made."
    assert posted(web, server.url()) == later


def test_an_address_that_nothing_is_sent_to_is_a_try(web):
    """It would be so for ever, and nobody is to wait for that."""
    assert posted(web, "http://10.0.0.1/").counts
    assert hindrance(web, "GET", "http://10.0.0.1/").counts


@pytest.mark.parametrize("how", [answer(500), answer(503, b"<html>"), says(b""), says(b"no http"), says(CUT), floods])
def test_what_publishes_may_have_been_done(web, far, how):
    assert isinstance(posted(web, far(how)), Unknown)
    assert isinstance(hindrance(web, "GET", far(how)), Later)


def test_who_is_silent_may_have_done_it(web, far):
    with http_client(seconds=0.3) as hasty:
        assert isinstance(posted(hasty, far(falls_silent)), Unknown)
        assert isinstance(hindrance(hasty, "GET", far(falls_silent)), Later)


def test_a_head_may_tell_enough(web, far):
    came = posted(web, far(says(CUT)), told=lambda head: head.headers.get("x-name") == "7")
    assert (came.status_code, came.headers["x-name"], came.content) == (201, "7", b"")
    assert isinstance(posted(web, far(says(CUT)), told=lambda head: head.status_code == 200), Unknown)


def test_a_fault_that_says_when_it_ends(web, far):
    later = hindrance(web, "GET", far(answer(503, retry_after="90")))
    assert timedelta(seconds=80) < later.at - now() <= timedelta(seconds=90)


def soon(seconds=3600):
    return now().replace(microsecond=0) + timedelta(seconds=seconds)


def headed(value):
    return httpx.Response(429, headers={"retry-after": value})


def test_moments_are_read_as_networks_write_them():
    at = soon()
    assert retry_after(headed(f"{at:%a, %d %b %Y %H:%M:%S} GMT")) == at
    assert epoch(str(int(at.timestamp()))) == at
    assert iso(at.isoformat()) == iso(f"{at:%Y-%m-%dT%H:%M:%S}.000Z") == at
    assert iso(f"{at:%Y-%m-%dT%H:%M:%S}") == at
    assert in_seconds(60) - now() <= timedelta(seconds=60)
    assert in_seconds(5184000) is None
    assert in_seconds(5184000, timedelta(days=90)).tzinfo is UTC


@pytest.mark.parametrize("text", ["", "soon", "nan", "inf", "-", "1e99", "99999999999999999999", "٣" * 40])
def test_what_is_no_moment_is_none(text):
    assert [read(text) for read in (epoch, iso, in_seconds)] == [None, None, None]
    assert retry_after(httpx.Response(429, headers={"retry-after": text.encode()})) is None


def test_a_moment_of_a_wrong_clock_is_none():
    assert retry_after(headed("Wed, 21 Oct 2015 07:28:00 GMT")) is None
    assert epoch(str(datetime(2100, 1, 1, tzinfo=UTC).timestamp())) is None


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b"null", b"\xff\xfe", b"[" * 100_000, b'"text"'])
def test_what_is_no_object_is_an_empty_one(body):
    assert json_object(httpx.Response(200, content=body)) == {}


def test_parts_are_never_trusted_to_be_there():
    said = json_object(httpx.Response(200, content=b'{"a":{"b":[1,{"c":true}],"n":7,"t":"x"},"d":null}'))
    assert (words(said, "a", "t"), words(said, "a", "n"), words(said, "a", "b"), words(said, "d", "e")) == (
        "x",
        "7",
        "",
        "",
    )
    assert words(listed(said, "a", "b")[1], "c") == ""
    assert listed(said, "a") == listed(said, "a", "t") == []
    assert part(said, "a", "b", "c") is None
    assert part(None) is None
