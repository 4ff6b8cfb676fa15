"""What networks make of repeats, with real servers at the other end: what they refuse, and what they lose."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from host import Event, db
from host import schedule as schedule_job
from plugins.publishing import Policy, Post, State, Target, choose
from plugins.publishing.answering import it_is_there
from plugins.publishing.planning import sweep as publishing_sweep
from plugins.recurring.changing import create, resume
from plugins.recurring.gaps import Gaps
from plugins.recurring.listening import settled
from plugins.recurring.queue import Status
from plugins.recurring.run import Run
from tests.faults.networks import NETWORKS


@pytest.fixture
def at(begin_peer, allow):
    """`at("x", ada)`: the network, and Ada's account there."""
    allow("127.0.0.0/8")

    def begun(name, person):
        peer = begin_peer(NETWORKS[name].peer)
        return peer, NETWORKS[name].connect(peer, person)

    return begun


@pytest.fixture
def daily(owner, plan):
    """`daily(connection, …)`: a queue that repeats a post there each day, with no gap that would keep it from it."""
    Gaps.kept(owner.account).by_network = {"x": 0, "linkedin": 0}

    def made(*connections):
        post = Post.draft(owner, ["The kettle is on."])
        choose(post, connections)
        queue = create("post", post.id, plan(), owner)
        db.session.commit()
        return queue

    return made


@pytest.fixture
def day(sweep, travel, drain_jobs):
    """A day goes by, with all its jobs: the queue's, and two looks at what is to be published."""

    def go(**later):
        travel(**(later or {"days": 1}))
        said = sweep()
        for _look in range(2):
            travel(minutes=2)
            schedule_job(publishing_sweep)
            db.session.commit()
            drain_jobs()
        db.session.expire_all()
        return said

    return go


def states(queue, clones):
    return [[target.state.value for target in copy.targets] for copy in clones(queue)]


def test_after_two_refusals_as_a_repeat_the_queue_is_paused_with_the_reason(at, owner, daily, day, clones):
    peer, connection = at("x", owner)
    queue = daily(connection)
    day(hours=1)
    assert (queue.refusals, queue.attention, len(peer.posts)) == (0, None, 1)
    day()
    assert (queue.status, queue.refusals) == (Status.ACTIVE, 1)
    assert queue.attention == f"{connection.handle} refused it as a repeat. Add a variation."
    day()
    assert queue.status is Status.PAUSED
    assert queue.reason == f"{connection.handle} refused it as a repeat twice in a row. Add a variation, then resume."
    assert states(queue, clones) == [["published"], ["failed"], ["failed"]]
    assert [run.refused for run in Run.of(queue)] == [True, True, False]
    assert day() == "no queue is due"
    [said] = [
        event.particulars["text"]
        for event in db.session.scalars(select(Event).filter_by(kind="notice"))
        if event.particulars["about"] == "recurring.trouble"
    ]
    assert said == f"“The kettle is on.” is paused: {connection.handle} refused it as a repeat twice in a row."


def test_a_network_that_forgets_has_it_again(at, owner, daily, day, clones):
    """LinkedIn refuses what it had within two days."""
    _peer, connection = at("linkedin", owner)
    queue = daily(connection)
    for _day in range(4):
        day()
    assert states(queue, clones) == [["published"], ["failed"], ["published"], ["failed"]]
    assert (queue.status, queue.refusals) == (Status.ACTIVE, 1)


def test_with_a_variation_it_goes_on_and_is_counted_anew(at, owner, daily, day):
    peer, connection = at("x", owner)
    queue = daily(connection)
    for _day in range(3):
        day()
    queue.options = {**queue.options, "variations": [["Tea is served."]]}
    resume(queue)
    db.session.commit()
    assert (queue.status, queue.refusals, queue.reason) == (Status.ACTIVE, 0, None)
    day(days=1, hours=2)
    assert [post.text for post in peer.posts] == ["The kettle is on.", "Tea is served."]
    peer.script("403_dup")
    day()
    assert (queue.status, queue.refusals) == (Status.ACTIVE, 1)


def test_one_that_is_published_between_begins_the_count_anew(at, owner, daily, day):
    peer, connection = at("x", owner)
    queue = daily(connection)
    day()
    day()
    peer.posts[0].gone = True
    day()
    peer.posts[1].gone = True
    peer.script("403_dup")
    day()
    assert (queue.status, queue.refusals) == (Status.ACTIVE, 1)


def test_what_another_network_takes_hides_no_refusal(at, owner, daily, day, feed, clones):
    """The feed has every one of them, before or after."""
    _peer, connection = at("x", owner)
    queue = daily(feed, connection)
    for _day in range(3):
        day()
    assert queue.status is Status.PAUSED
    assert [sorted(each) for each in states(queue, clones)] == [
        ["published", "published"],
        ["failed", "published"],
        ["failed", "published"],
    ]


def test_two_networks_that_refuse_one_copy_are_one_refusal(at, owner, daily, day, clones):
    connections = [at(name, owner)[1] for name in ("x", "linkedin")]
    queue = daily(*connections)
    day()
    day()
    assert [each.state.value for each in db.session.scalars(select(Target).where(Target.duplicate))] == ["failed"] * 2
    assert (queue.status, queue.refusals) == (Status.ACTIVE, 1)
    day()
    for target in clones(queue)[-1].targets:
        settled(target)
    assert (queue.status, queue.refusals) == (Status.PAUSED, 2)


def test_another_refusal_is_that_copys_own(at, owner, daily, day, clones):
    peer, connection = at("x", owner)
    queue = daily(connection)
    for _day in range(3):
        peer.script("402")
        day()
        connection.held_why = connection.remedy = None
        db.session.commit()
    assert (queue.status, queue.refusals) == (Status.ACTIVE, 0)


def test_an_answer_that_is_lost_holds_the_next_until_somebody_knows(at, owner, daily, day, clones):
    peer, connection = at("mastodon", owner)
    Policy.kept(owner.account).always_ask = True
    peer.script("close_before_commit", "close_before_commit")
    queue = daily(connection)
    day(hours=1)
    for _look in range(3):  # the network forgets the key within the hour
        day(hours=1, minutes=5)
    [copy] = clones(queue)
    assert (copy.targets[0].state, copy.targets[0].asks) == (State.UNCONFIRMED, True)
    assert day() == "1 runs: 0 made, 1 skipped"
    assert queue.attention == f"It is not known yet whether the last one is on {connection.handle}."
    it_is_there(copy.targets[0], owner, "")
    db.session.commit()
    assert day() == "1 runs: 1 made"
    assert [post.text for post in peer.posts] == ["The kettle is on."]


def test_a_token_that_dies_and_comes_back(at, owner, daily, day, clones):
    peer, connection = at("mastodon", owner)
    queue = daily(connection)
    connection.held_why = "The access token is invalid."
    db.session.commit()
    assert day() == "1 runs: 0 made, 1 skipped"
    connection.held_why = None
    db.session.commit()
    assert day() == "1 runs: 1 made"
    assert (len(peer.posts), queue.executions) == (1, 1)


def test_each_copy_is_a_thing_of_its_own_for_the_network(at, owner, daily, day):
    peer, connection = at("mastodon", owner)
    daily(connection)
    for _day in range(3):
        day()
    assert [post.text for post in peer.posts] == ["The kettle is on."] * 3
    assert len({post.key for post in peer.posts}) == 3


def test_each_day_of_a_week_is_in_the_feed_once(daily, feed, day, history, clones):
    queue = daily(feed)
    first = queue.next_time
    for _day in range(7):
        day(days=1, minutes=-4)
    assert [at for at, _outcome in history(queue)] == [first + timedelta(days=number) for number in range(7)]
    assert states(queue, clones) == [["published"]] * 7
