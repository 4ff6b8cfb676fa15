"""Receivers that misbehave: refused with the reason, and nothing hangs or follows."""

import pytest

from plugins.webhooks import request
from plugins.webhooks.delivery import State
from tests.http_server import answer, deaf, falls_silent, floods, says, trickles

pytestmark = pytest.mark.sqlite_only("what is stored of it is tried on both by its neighbours")


@pytest.fixture
def tried(hook, log, card, owner):
    """tried(server): the only try of an event that was sent there."""

    def one(server, **more):
        webhook = hook(server, **more)
        card.close(owner)
        [delivery] = log(webhook)
        [attempt] = delivery.attempts
        assert (delivery.state is State.DELIVERED) is attempt.ok
        return attempt

    return one


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(request, "SECONDS", 0.3)


@pytest.mark.parametrize("status", [300, 301, 304, 400, 403, 404, 429, 500, 503, 599])
def test_any_answer_but_200_to_299_is_none(receiver, tried, status):
    attempt = tried(receiver(answer(status)))
    assert (attempt.ok, attempt.status) == (False, status)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_these_are_yes(receiver, tried, status):
    assert tried(receiver(answer(status))).ok


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(receiver, tried, status):
    elsewhere = receiver()
    attempt = tried(receiver(answer(status, location=elsewhere.url())))
    assert not attempt.ok
    assert attempt.answer_headers["location"] == elsewhere.url()
    assert elsewhere.connections == 0


@pytest.mark.parametrize(
    ("misbehaves", "says_why"),
    [
        (falls_silent, "took too long"),
        (trickles, "took too long"),
        (deaf, "took too long"),
        (floods, "too large"),
        (says(b""), "broke off"),
        (says(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf"), "broke off"),
        (says(b"220 smtp.example ESMTP\r\n"), "broke off"),
        (says(b"HTTP/1.1 200 OK\r\n" + b"x: " + b"y" * 200_000 + b"\r\n\r\n"), "broke off"),
        (answer(200, b"{", content_encoding="br"), "broke off"),
    ],
)
def test_what_is_no_answer_is_told_as_such(receiver, tried, impatient, misbehaves, says_why):
    attempt = tried(receiver(misbehaves))
    assert not attempt.ok
    assert says_why in attempt.reason


def test_nobody_listens(receiver, tried):
    server = receiver()
    server.stop()
    assert tried(server).reason == "No connection to 127.0.0.1 could be made."


@pytest.mark.parametrize(
    ("named", "expired", "why"), [("other.example", False, "mismatch"), ("hooks.example", True, "expired")]
)
def test_a_certificate_that_is_not_valid(allow, http_server, hook, log, card, names, trusted, named, expired, why):
    allow("127.0.0.1/32")
    names(**{"hooks.example": [["127.0.0.1"]]})
    server = http_server(answer(204), tls=trusted(named, expired=expired))
    webhook = hook(url=server.url(host="hooks.example"))
    card.close(webhook.board.creator)
    [delivery] = log(webhook)
    assert why in delivery.attempts[0].reason
    assert delivery.attempts[0].status is None
    assert server.received == []


def test_a_long_answer_is_cut_for_the_log(receiver, tried):
    attempt = tried(receiver(answer(200, b"x" * 60_000, x_long="y" * 5000)))
    assert attempt.ok
    assert len(attempt.answer) == request.KEPT_CHARACTERS
    assert len(attempt.answer_headers["x-long"]) == request.LONGEST_HEADER


@pytest.mark.on_both
def test_an_answer_of_any_bytes_can_be_kept(receiver, tried):
    attempt = tried(receiver(answer(200, b"\x00\xff\xfe ok \xc3\xa9")))
    assert attempt.ok
    assert attempt.answer.endswith("ok é")


def test_one_that_is_slow_keeps_no_other_waiting_for_ever(receiver, hook, log, card, owner, impatient):
    slow, quick = receiver(falls_silent), receiver()
    hook(slow)
    second = hook(quick, name="Quick")
    card.close(owner)
    card.reopen(owner)
    assert [each.state for each in log(second)] == [State.DELIVERED] * 2
    assert len(slow.received) == 1
