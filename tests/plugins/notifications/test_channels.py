"""Channels: what becomes of what is sent by them, and of those that fail."""

import json
import logging
from io import StringIO

import pytest
from sqlalchemy import text

from host import Invalid, LostSecret, NotFound, db, schedule
from host.jobs import Job
from plugins.notifications.bundle import Bundle
from plugins.notifications.channel import MOST, Channel
from plugins.notifications.channel_jobs import send_bundle, try_channel
from plugins.notifications.channel_kinds import LONGEST
from plugins.notifications.choosing import change_pace
from plugins.notifications.pace import Pace
from tests.http_server import answer, says


@pytest.fixture
def receiver(http_server, allow):
    """receiver(answer(200), …): a server of Ada's own, which she may be told by."""

    def begin(*answers):
        allow("127.0.0.1/32")
        return http_server(*answers)

    return begin


@pytest.fixture
def channel(member):
    """channel(server, "slack"): a channel of Ben's."""

    def add(server, kind="slack", **more):
        made = Channel.add(member, kind, {"address": server.url("/hook"), **more})
        db.session.commit()
        return made

    return add


@pytest.fixture
def bundle(card, member, owner, drain_jobs):
    """What Ben is to hear: two things."""
    card.watch(member)
    other = card.board.add_card("Water the beds", by=owner)
    other.watch(member)
    db.session.commit()
    drain_jobs()
    card.comment("They open at six", owner)
    other.comment("At noon", owner)
    db.session.commit()
    drain_jobs()
    return db.session.scalars(db.select(Bundle).filter_by(user_id=member.id)).one()


@pytest.fixture
def deliver(bundle, drain_jobs):
    """Have the bundle sent by Ben's channels."""

    def send():
        send_bundle(bundle.id)
        db.session.commit()
        drain_jobs()
        db.session.expire_all()

    return send


def tried(channel, drain_jobs):
    schedule(try_channel, channel_id=channel.id)
    db.session.commit()
    drain_jobs()
    db.session.expire_all()
    return channel


def test_a_bundle_goes_out_by_each_channel(deliver, channel, receiver):
    servers = [receiver(answer(200)), receiver(answer(200))]
    made = [channel(server) for server in servers]
    deliver()
    for server, each in zip(servers, made, strict=True):
        [asked] = server.received
        said = asked.json["text"]
        assert said.startswith("*2 new things for you*\n")
        assert all(words in said for words in ("They open at six", "At noon", "Water the beds", "/notifications"))
        assert each.last_sent_at is not None
        assert (each.active, each.last_error) == (True, None)


def test_what_was_read_meanwhile_is_not_sent(deliver, channel, receiver, bundle):
    server = receiver(answer(200))
    channel(server)
    for told in bundle.unread:
        told.read()
    deliver()
    assert server.received == []


def test_one_that_refuses_is_switched_off_and_says_so_while_others_are_served(deliver, channel, receiver, told, member):
    bad, good = receiver(answer(403)), receiver(answer(200))
    refused, taken = channel(bad, title="Office"), channel(good)
    deliver()
    assert (refused.active, taken.active) == (False, True)
    assert refused.last_error == "It does not know the key, or does not let it do this (403)."
    assert len(good.received) == 1
    [notice] = [note for note in told(member) if "switched off" in note.text]
    assert notice.text.startswith("Office was switched off: It does not know the key")
    deliver()
    assert len(bad.received) == 1


def test_one_that_fails_for_a_while_is_tried_again_and_then_well(deliver, channel, receiver, travel, drain_jobs):
    server = receiver(answer(503), says(b""), answer(429), answer(200))
    made = channel(server)
    deliver()
    assert (made.active, made.last_error) == (True, "It did not take it (503).")
    failing_since = made.failing_since
    for minutes in (2, 6):
        travel(minutes=minutes)
        drain_jobs()
        db.session.expire_all()
        assert made.failing_since == failing_since
    travel(minutes=16)
    drain_jobs()
    db.session.expire_all()
    assert len(server.received) == 4
    assert (made.failing_since, made.last_error, made.active) == (None, None, True)


def test_one_that_fails_for_a_day_is_switched_off(deliver, channel, receiver, travel, drain_jobs, told, member):
    server = receiver(answer(500))
    made = channel(server)
    deliver()
    for _hour in range(26):
        travel(minutes=61)
        drain_jobs()
    db.session.expire_all()
    assert not made.active
    assert [note.text for note in told(member) if "switched off" in note.text]
    left = db.select(Job).filter_by(task="notifications.send_by_channel", state="waiting")
    assert db.session.scalars(left).all() == []


def test_a_test_brings_one_back(channel, receiver, drain_jobs):
    made = channel(receiver(answer(404), answer(200)))
    assert not tried(made, drain_jobs).active
    assert made.last_error == "It knows of no such address (404)."
    assert tried(made, drain_jobs).active
    assert (made.last_error, made.failing_since) == (None, None)


def test_an_address_inside_is_refused_when_it_is_sent_to(member, names, drain_jobs):
    """What a name leads to may change after it was entered."""
    names(**{"hooks.example": [["10.0.0.1"]]})
    made = Channel.add(member, "slack", {"address": "https://hooks.example/x"})
    assert not tried(made, drain_jobs).active
    assert made.last_error == "hooks.example is not on the public internet, so nothing is sent there."


@pytest.mark.parametrize("address", ["http://10.0.0.1/", "http://[::1]/", "ftp://hooks.example", "hooks.example", ""])
def test_an_address_that_cannot_be_right_is_not_stored(member, address):
    for kind in ("slack", "discord"):
        with pytest.raises(Invalid) as refused:
            Channel.add(member, kind, {"address": address})
        assert list(refused.value.errors) == ["address"]
    assert Channel.of(member) == []


def test_what_is_entered_lies_encrypted(member):
    made = Channel.add(member, "slack", {"address": " https://hooks.example/T0/secret "})
    db.session.commit()
    stored = db.session.execute(text("SELECT address FROM notifications_channel")).scalar_one()
    assert "secret" not in stored
    assert json.loads(made.address or "") == {"address": "https://hooks.example/T0/secret"}


def test_one_whose_key_is_lost_says_so(member, drain_jobs):
    made = Channel.add(member, "slack", {"address": "https://hooks.example/T0"})
    db.session.commit()
    db.session.execute(text("UPDATE notifications_channel SET address = 'gAAAAAsealed-elsewhere'"))
    db.session.commit()
    assert isinstance(made.address, LostSecret)
    assert not tried(made, drain_jobs).active
    assert made.last_error == "What was entered cannot be read any more. Enter it anew."


def test_a_service_that_is_gone(member, drain_jobs):
    made = Channel.add(member, "slack", {"address": "https://hooks.example/T0"})
    made.kind = "pigeon.post"
    assert tried(made, drain_jobs).last_error == "Nobody here knows this service."


def test_nobody_has_very_many(member):
    for _each in range(MOST):
        Channel.add(member, "slack", {"address": "https://hooks.example/T0"})
    with pytest.raises(Invalid, match="Nobody has more than 10"):
        Channel.add(member, "slack", {"address": "https://hooks.example/T0"})


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [("pigeon", {}, "kind"), ("slack", {}, "address"), ("ntfy", {"topic": "x" * (LONGEST + 1)}, "topic")],
)
def test_what_cannot_be_a_channel(member, kind, typed, field):
    with pytest.raises(Invalid) as refused:
        Channel.add(member, kind, typed)
    assert list(refused.value.errors) == [field]


def test_each_sees_only_their_own(channel, receiver, owner, member):
    made = channel(receiver())
    assert Channel.of(owner) == []
    assert Channel.one_of(member, id=made.id) is made
    with pytest.raises(NotFound):
        Channel.one_of(owner, id=made.id)


def test_a_removed_one_is_sent_nothing(deliver, channel, receiver, bundle, drain_jobs):
    server = receiver()
    made = channel(server)
    send_bundle(bundle.id)
    made.remove()
    db.session.commit()
    drain_jobs()
    assert server.received == []


@pytest.mark.parametrize("leave", [lambda person: person.deactivate(), lambda person: change_pace(person, Pace.NEVER)])
def test_who_has_left_or_wants_no_bundles_is_sent_nothing(deliver, channel, receiver, member, leave):
    server = receiver(answer(200))
    channel(server)
    leave(member)
    db.session.commit()
    deliver()
    assert server.received == []


@pytest.fixture
def logged():
    """What the program's log has."""
    kept, root = StringIO(), logging.getLogger()
    handler = logging.StreamHandler(kept)
    root.addHandler(handler)
    yield kept
    root.removeHandler(handler)


def test_what_is_typed_for_another_service_is_in_no_log(member, logged):
    with pytest.raises(Invalid):
        Channel.add(member, "other", {"address": "zulip://bot@garden/a-secret-key"})
    assert logged.getvalue() == ""
