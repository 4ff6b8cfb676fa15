"""The page of connections: what each can do, whose it is, when it likes to publish, and its end."""

from datetime import timedelta

import pytest

from host import Event, db, now
from host.testing import sign_in
from plugins.publishing.connection import Connection
from plugins.publishing.doors import Granted
from plugins.publishing.outcomes import Held, Remedy
from plugins.publishing.planning import sweep
from plugins.publishing.platform import Tokens
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.slot import Slot
from plugins.publishing.states import State

PAGE = "/publishing/connections"


@pytest.fixture
def theirs(app, member):
    """A browser of somebody else in the space."""
    client = app.test_client()
    sign_in(client, member)
    client.trust()
    return client


@pytest.fixture
def press(client):
    """`press(connection, "sharing", …)`: the status of the answer."""

    def go(connection, what, *, by=client, **typed):
        status = by.post(f"{PAGE}/{connection.id}/{what}", data=typed).status_code
        db.session.expire_all()
        return status

    return go


@pytest.fixture
def alive(connection):
    """A connection with tokens and the keys of an app."""
    connection.take(
        Granted(Tokens("secret-access", "secret-refresh"), "1", connection.handle, app={"id": "secret-app"})
    )
    db.session.commit()
    return connection


def test_the_feed_is_there_before_anything_with_its_addresses(client):
    page = client.get(PAGE).text
    assert "/publishing/feeds/1/atom.xml" in page
    assert "/publishing/feeds/1/feed.json" in page
    assert db.session.scalars(db.select(Connection)).all() == []


def test_a_connection_tells_how_it_stands_and_no_secret(client, alive):
    page = client.get(PAGE).text
    assert all(said in page for said in (alive.handle, "Mastodon", "Yours", "Publishes", "nothing published yet"))
    assert "secret" not in page


@pytest.mark.parametrize(
    ("remedy", "button"), [(Remedy.RECONNECT, "Connect again"), (Remedy.CREDITS, "I have seen to it, try again")]
)
def test_a_held_one_says_why_and_what_to_do(client, alive, remedy, button):
    alive.hold(Held("It has no credits.", remedy))
    page = client.get(PAGE).text
    assert "It has no credits." in page
    assert f"{button}</" in page


def test_what_was_seen_to_goes_on(press, scheduled, connection, travel, drain_jobs):
    connection.hold(Held("It has no credits.", Remedy.CREDITS))
    travel(hours=1, seconds=1)
    sweep.run()
    db.session.commit()
    drain_jobs()
    db.session.expire_all()
    assert scheduled.state is State.HELD
    assert press(connection, "release") == 303
    assert not connection.is_held
    drain_jobs()
    db.session.expire_all()
    assert scheduled.state is not State.HELD


def test_one_that_ends_soon_says_when(client, connection):
    connection.renewed(Tokens("a", expires_at=now() + timedelta(days=10)))
    assert "Our access ends" in client.get(PAGE).text
    connection.renewed(Tokens("a", expires_at=now() + timedelta(days=50)))
    page = client.get(PAGE).text
    assert "our access ends" in page
    assert "Publishes" in page


def test_a_shared_one_is_seen_by_others_and_only_its_owner_shares(press, alive, theirs, client):
    assert alive.handle not in theirs.get(PAGE).text
    assert press(alive, "sharing", by=theirs) == 404
    assert press(alive, "sharing") == 303
    page = theirs.get(PAGE).text
    assert alive.handle in page
    assert "shared with the space" in page
    assert "Disconnect" not in page
    for what in ("sharing", "sharing/delete", "delete", "release", "slots"):
        assert press(alive, what, by=theirs, weekday="0", time="09:00") == 403
    assert press(alive, "sharing/delete") == 303
    assert alive.handle not in theirs.get(PAGE).text


def test_an_admin_disconnects_what_is_shared_but_shares_nothing_of_others(press, connect, member):
    shared = connect("bluesky", "ben.example", by=member, shared=True)
    assert press(shared, "sharing/delete") == 403
    assert press(shared, "delete") == 303
    assert shared.removed_at is not None
    [told] = db.session.scalars(db.select(Event).filter_by(kind="notice")).all()
    assert told.particulars["people"] == [member.id]
    assert "has disconnected ben.example" in told.particulars["text"]


def test_a_private_one_of_others_is_not_there_even_for_admins(press, connect, member):
    private = connect("bluesky", "ben.example", by=member)
    for what in ("sharing", "delete", "release", "slots"):
        assert press(private, what) == 404


def test_disconnecting_forgets_the_keys_and_tells_what_waits(client, press, alive, scheduled, travel, drain_jobs):
    assert "1 post is scheduled on it" in client.get(PAGE).text
    assert press(alive, "delete") == 303
    assert (alive.token, alive.app) == (None, None)
    page = client.get(PAGE).text
    assert "1 post waits for it." in page
    assert "Disconnected, and waited for" in page
    travel(hours=2)
    sweep.run()
    db.session.commit()
    drain_jobs()
    db.session.expire_all()
    assert scheduled.state is State.HELD


def test_nothing_is_kept_for_one_that_was_disconnected_meanwhile(alive, owner):
    alive.disconnect(owner)
    alive.renewed(Tokens("late"))
    assert alive.token is None


def test_somebody_else_may_connect_what_was_given_up(alive, owner, member):
    alive.disconnect(owner)
    again = Connection.keep("mastodon", Granted(Tokens("new"), alive.remote_id, alive.handle), member)
    assert (again, again.removed_at, again.owner_id) == (alive, None, member.id)


def test_whoever_connects_it_next_has_shared_nothing_yet(alive, owner, member):
    alive.share(owner)
    alive.disconnect(owner)
    again = Connection.keep("mastodon", Granted(Tokens("new"), alive.remote_id, alive.handle), member)
    assert (again.owner_id, again.shared) == (member.id, False)


def test_the_feed_cannot_be_disconnected(press, owner):
    feed = Connection.feed_of(owner.account)
    db.session.commit()
    assert press(feed, "delete") == 409
    assert feed.removed_at is None


def test_slots_are_added_and_removed(client, press, connection):
    for day, time in (("2", "18:30"), ("0", "09:00"), ("0", "09:00")):
        assert press(connection, "slots", weekday=day, time=time) == 303
    assert Slot.times_of(connection) == [(0, 540), (2, 1110)]
    page = client.get(PAGE).text
    assert "2 slots" in page
    assert "Remove Wednesday 18:30" in page
    first = Slot.of(connection)[0].id
    assert press(connection, f"slots/{first}/delete") == 303
    assert Slot.times_of(connection) == [(2, 1110)]
    assert press(connection, "slots/999/delete") == 404


@pytest.mark.parametrize(
    "typed", [{}, {"weekday": "7", "time": "09:00"}, {"weekday": "-1", "time": "9"}, {"weekday": "0", "time": "25:00"},
              {"weekday": "9" * 5000, "time": "09:00"}]
)
def test_what_is_no_slot_is_refused_beside_it(client, connection, typed):
    answer = client.post(f"{PAGE}/{connection.id}/slots", data=typed)
    assert answer.status_code == 422
    assert "A slot is a day of the week and a time." in answer.text
    assert Slot.of(connection) == []


def test_there_is_an_end_to_slots(client, connection):
    Slot.replace(connection, [(0, minute) for minute in range(100)])
    answer = client.post(f"{PAGE}/{connection.id}/slots", data={"weekday": "1", "time": "09:00"})
    assert "at most 100 slots" in answer.text


def test_the_page_asks_as_much_for_many_as_for_one(client, connect, counted):
    connect("mastodon", "@one@peer.example")
    client.get(PAGE)
    few = counted(lambda: client.get(PAGE))
    for number in range(10):
        made = connect("bluesky", f"{number}.example")
        Slot.replace(made, [(0, 540), (1, 600)])
    db.session.commit()
    assert counted(lambda: client.get(PAGE)) == few


def test_posts_of_a_disconnected_one_cannot_be_scheduled_anew(owner, alive, soon):
    post = Post.draft(owner, ["Late"])
    choose(post, [alive])
    alive.disconnect(owner)
    with pytest.raises(Exception, match="no longer connected"):
        schedule(post, soon, owner)


def test_one_whose_owner_is_gone_is_nobody_s_and_the_feed_is_everybody_s(connect, member, owner):
    left = connect("mastodon", "@gone@peer.example")
    left.owner = None
    db.session.flush()
    assert [each.platform for each in Connection.usable_by(member)] == ["feed"]
    assert not left.is_for(member)
