"""Runs to come in the calendar of posts."""

from datetime import timedelta

import pytest

from host import db, now
from plugins.publishing import Post
from plugins.recurring.changing import create, pause
from plugins.recurring.forecast import within
from plugins.recurring.ghosts import ghosts


@pytest.fixture
def month():
    """The next thirty days."""
    return now(), now() + timedelta(days=30)


def test_each_run_to_come_is_there_with_its_networks(owner, post, plan, connect, month):
    mastodon, bluesky = connect(), connect("bluesky", "ada.example")
    where = {"connections": [mastodon.id, bluesky.id]}
    queue = create("post", post.id, plan(every=10, options=where), owner)
    db.session.commit()
    found = ghosts(owner, *month)
    assert [ghost.at for ghost in found] == [queue.next_time + timedelta(days=10 * run) for run in range(3)]
    assert {(ghost.title, ghost.url) for ghost in found} == {("The kettle is on.", f"/recurring/queues/{queue.id}")}
    assert all(list(ghost.networks) == ["mastodon", "bluesky"] for ghost in found)


def test_where_its_post_goes_is_where_it_goes(owner, queue, month):
    assert {tuple(ghost.networks) for ghost in ghosts(owner, *month)} == {("feed",)}


def test_a_month_far_ahead_has_them_too(owner, queue):
    begin = queue.next_time + timedelta(days=800)
    found = ghosts(owner, begin, begin + timedelta(days=7))
    assert [ghost.at for ghost in found] == [begin + timedelta(days=day) for day in range(7)]


def test_no_more_than_its_most_runs_and_its_last_day_allow(owner, post, plan):
    counted = create("post", post.id, plan(every=1, most=5), owner)
    last = counted.next_time.astimezone(counted.clock).date() + timedelta(days=2)
    ended = create("post", post.id, plan(every=1, end_date=last), owner)
    begin = counted.next_time + timedelta(days=1)
    end = begin + timedelta(days=30)
    assert [run.number for run in within(counted, begin, end)] == [2, 3, 4, 5]
    assert len(list(within(ended, begin, end))) == 2


def test_cards_paused_queues_and_those_of_others_have_none(owner, member, post, plan, board, month):
    create("card", board.add_card("Clean the kettle", by=owner).number, plan(), owner)
    paused = create("post", post.id, plan(), owner)
    pause(paused, owner)
    assert ghosts(owner, *month) == []
    hers = create("post", post.id, plan(every=20), owner)
    assert ghosts(member, *month) == []
    hers.shared = True
    db.session.flush()
    assert len(ghosts(member, *month)) == 2


def test_many_are_asked_for_together(owner, feed, post, plan, month, counted):
    create("post", post.id, plan(every=20), owner)
    db.session.commit()
    few = counted(lambda: ghosts(owner, *month))
    for _ in range(10):
        other = Post.draft(owner, ["Five soups"])
        create("post", other.id, plan(every=20, options={"connections": [feed.id]}), owner)
    db.session.commit()
    assert counted(lambda: ghosts(owner, *month)) <= few + 1


def test_they_stand_in_the_calendar(client, owner, queue):
    day = (queue.next_time + timedelta(days=2)).astimezone(owner.timezone).date()
    page = client.get(f"/publishing?view=week&day={day}").text
    assert f'href="/recurring/queues/{queue.id}"' in page
