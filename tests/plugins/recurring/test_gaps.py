"""How near two posts of a queue may come on one account: gaps by network, what nobody knows of, late ones."""

from datetime import timedelta
from itertools import pairwise

import pytest

from host import db, now
from plugins.publishing import Policy, Post, State, choose, schedule_post
from plugins.recurring.advice import advice
from plugins.recurring.changing import create
from plugins.recurring.gaps import Gaps
from plugins.recurring.run import Run

DAY = timedelta(days=1)


@pytest.fixture
def on(owner, connect, plan):
    """`on("x", every=1)`: a queue of a post that goes to such an account."""

    def made(*platforms, texts=("The kettle is on.",), **more):
        post = Post.draft(owner, list(texts))
        choose(post, [connect(each, f"@ada-{n}@{each}.example") for n, each in enumerate(platforms)])
        db.session.commit()
        queue = create("post", post.id, plan(**more), owner)
        db.session.commit()
        return queue

    return made


@pytest.fixture
def days(sweep, travel, clones):
    """`days(queue, 20)`: on which of so many days it made a copy, by their number."""

    def counted(queue, number):
        begin, made = queue.next_time - timedelta(hours=2), set()
        for _day in range(number):
            travel(days=1)
            sweep()
            for copy in clones(queue):
                for target in copy.targets:  # as if it had been published in time
                    target.state = State.PUBLISHED
            db.session.commit()
        for copy in clones(queue):
            made.add((copy.at - begin) // DAY)
        return sorted(made)

    return counted


def out(copy, state=State.PUBLISHED, **more):
    for target in copy.targets:
        target.go(state, **more)
    db.session.commit()


@pytest.mark.parametrize(("platform", "gap"), [("x", 7), ("linkedin", 14), ("mastodon", 1)])
def test_a_network_has_the_same_queue_no_oftener_than_it_likes(on, days, platform, gap):
    queue = on(platform)
    made = days(queue, 15)
    assert [later - earlier for earlier, later in pairwise(made)] == [gap] * (len(made) - 1)
    assert len(made) == -(-15 // gap)


def test_a_space_decides_otherwise(account, on, days):
    Gaps.kept(account).by_network = {"x": 3, "mastodon": 2}
    db.session.commit()
    assert days(on("x"), 7) == [1, 4, 7]
    assert len(days(on("mastodon"), 6)) == 3


def test_where_a_network_is_left_out_the_others_have_it(on, sweep, travel, clones, history):
    queue = on("x", "mastodon")
    for _day in range(2):
        travel(days=1)
        sweep()
    first, second = clones(queue)
    assert sorted(target.platform for target in first.targets) == ["mastodon", "x"]
    assert [target.platform for target in second.targets] == ["mastodon"]
    assert Run.of(queue)[0].why == "@ada-0@x.example had it within the last 7 days."


def test_a_run_that_is_left_out_for_it_does_not_count(on, sweep, travel, history):
    queue = on("x")
    for _day in range(2):
        travel(days=1)
        sweep()
    assert [outcome for _at, outcome in history(queue)] == ["made", "skipped"]
    assert queue.executions == 1


def test_what_the_original_said_itself_counts(owner, connect, plan, sweep, travel, clones):
    post = Post.draft(owner, ["The kettle is on."])
    choose(post, [connect("x", "@ada")])
    post.targets[0].go(State.PUBLISHED, due_at=now() - DAY, published_at=now() - DAY)
    queue = create("post", post.id, plan(), owner)
    db.session.commit()
    travel(hours=1)
    assert sweep() == "1 runs: 0 made, 1 skipped"
    assert clones(queue) == []


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED, State.MISSED])
def test_what_never_went_out_does_not_count(on, sweep, travel, clones, state):
    queue = on("x")
    travel(hours=1)
    sweep()
    out(clones(queue)[0], state)
    travel(days=1)
    assert sweep() == "1 runs: 1 made"


def test_until_somebody_knows_of_the_last_one_nothing_follows_it(on, sweep, travel, clones):
    queue = on("mastodon")
    travel(hours=1)
    sweep()
    [copy] = clones(queue)
    out(copy, State.UNCONFIRMED, why="The line went dead.")
    copy.targets[0].asks = True
    db.session.commit()
    for _day in range(3):
        travel(days=1)
        assert sweep() == "1 runs: 0 made, 1 skipped"
    assert queue.attention == "It is not known yet whether the last one is on @ada-0@mastodon.example."
    out(copy)
    travel(days=1)
    assert sweep() == "1 runs: 1 made"


def test_late_ones_keep_their_distance_on_one_account(owner, feed, plan, sweep, travel, clones):
    """Six of one account that were due while the machine slept do not come at once."""
    queues = []
    for number in range(6):
        post = Post.draft(owner, [f"Number {number} of the things that wait."])
        choose(post, [feed])
        queues.append(create("post", post.id, plan(), owner))
    db.session.commit()
    travel(hours=5)
    sweep()
    times = sorted(copy.targets[0].due_at for queue in queues for copy in clones(queue))
    gap = Policy.of(owner.account_id).gap
    assert gap == timedelta(minutes=15)
    assert all(later - earlier >= gap for earlier, later in pairwise(times))
    assert times[0] - now() < timedelta(minutes=1)


def test_what_is_in_time_is_not_moved(owner, feed, plan, sweep, travel, clones):
    queues = [create("post", post.id, plan(), owner) for post in _posts(owner, feed, 2)]
    db.session.commit()
    travel(hours=1, seconds=40)
    sweep()
    times = [clones(queue)[0].targets[0].due_at for queue in queues]
    assert abs(times[0] - times[1]) < timedelta(minutes=1)


def test_a_late_one_goes_around_what_is_planned_already(owner, feed, plan, sweep, travel, clones):
    one, other = _posts(owner, feed, 2)
    schedule_post(other, now() + timedelta(hours=3, minutes=10), owner)
    queue = create("post", one.id, plan(), owner)
    db.session.commit()
    travel(hours=3)
    sweep()
    [copy] = clones(queue)
    assert copy.targets[0].due_at == other.targets[0].due_at + timedelta(minutes=15)


def _posts(owner, feed, number):
    made = [Post.draft(owner, [f"Number {each} of the things that wait."]) for each in range(number)]
    for post in made:
        choose(post, [feed])
    return made


def test_who_repeats_oftener_than_a_network_likes_is_told(on):
    queue = on("linkedin", every=13)
    said = "@ada-0@linkedin.example gets it every 14 days at most, so some runs leave it out."
    assert advice(queue)[0] == said
    queue.every = 31
    assert advice(queue) == []


def test_the_same_words_within_a_month_may_be_refused_unless_they_vary(on):
    queue = on("linkedin", every=20)
    assert advice(queue) == ["@ada-0@linkedin.example may refuse the same words again. Add a variation."]
    queue.options = {**queue.options, "variations": [["Tea"]]}
    assert advice(queue) == []


def test_several_accounts_of_x_are_warned_of(on):
    assert "X forbids the same text on several accounts. Give one of them a post of its own." in advice(
        on("x", "x", every=40)
    )


@pytest.mark.parametrize(("text", "cents"), [("Tea", "0.015"), ("See https://example.org", "0.20")])
def test_what_x_takes_for_each_run_is_told(on, text, cents):
    [said] = advice(on("x", every=40, texts=[text]))
    assert said == f"Each run costs about ${cents}."


def test_and_what_all_that_are_left_will_take(on):
    queue = on("x", every=40, texts=["Tea"])
    queue.max_executions = 10
    assert advice(queue) == ["Each run costs about $0.015. All that are left: $0.150."]
    queue.executions = 9
    assert advice(queue) == ["Each run costs about $0.015."]


def test_of_one_that_nobody_owns_that_is_told_and_of_one_that_has_ended_nothing(on):
    queue = on("x", every=1)
    queue.owner = None
    assert advice(queue) == ["Whose queue it was is no longer here."]
    queue.complete("All runs are done.")
    assert list(advice(queue)) == []
