"""The next free slot of a connection."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from host import Invalid, db
from plugins.publishing.post import Post
from plugins.publishing.scheduling import cancel, choose, schedule
from plugins.publishing.slot import Slot, next_free

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2027, 3, 26, 12, 0, tzinfo=UTC)  # summer time begins on the Sunday
NINE = 9 * 60


@pytest.fixture
def slots(connection):
    Slot.replace(connection, [(0, NINE), (0, 17 * 60), (4, NINE)])
    return connection


def put(connection, owner, at):
    post = Post.draft(owner, ["Hello"])
    choose(post, [connection])
    schedule(post, at, owner)
    db.session.commit()
    return post


def test_the_first_after_now_by_the_clock_on_the_wall(slots):
    assert next_free(slots, BERLIN, after=FRIDAY) == datetime(2027, 3, 29, 7, 0, tzinfo=UTC)  # nine, in summer
    assert next_free(slots, BERLIN, after=FRIDAY - timedelta(days=7)) == datetime(2027, 3, 22, 8, 0, tzinfo=UTC)


def test_what_is_taken_is_passed_over_and_what_is_given_up_is_free(slots, owner):
    monday = datetime(2027, 3, 29, 7, 0, tzinfo=UTC)
    post = put(slots, owner, monday)
    assert next_free(slots, BERLIN, after=FRIDAY) == monday + timedelta(hours=8)
    cancel(post.targets[0], owner)
    db.session.commit()
    assert next_free(slots, BERLIN, after=FRIDAY) == monday


def test_another_connection_s_posts_take_no_slot(slots, connect, owner):
    monday = datetime(2027, 3, 29, 7, 0, tzinfo=UTC)
    put(connect("bluesky", "ada.example"), owner, monday)
    assert next_free(slots, BERLIN, after=FRIDAY) == monday


def test_without_slots_there_is_none(connection):
    assert next_free(connection, BERLIN) is None


@pytest.mark.parametrize("time", [(7, 0), (-1, 0), (0, 1440), (0, -1)])
def test_a_slot_is_a_day_of_the_week_and_a_time(slots, time):
    with pytest.raises(Invalid):
        Slot.replace(slots, [time])
    assert len(Slot.of(slots)) == 3
