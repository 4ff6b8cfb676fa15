"""Queues that fail: each waits its while, tells it once, and stands in nobody's way."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from host import Event, Invalid, db, now
from plugins.publishing import Post, choose
from plugins.recurring.changing import create, run_now
from plugins.recurring.posts import PostRecurrence
from plugins.recurring.queue import BACK_OFF, Queue, Status
from plugins.recurring.run import Outcome, Run

MANY = 120  # more than are looked up at once


@pytest.fixture
def speechless(post):
    """A post without words, of which nothing can be made. `speechless()`: it has some again."""
    post.texts = [""]
    db.session.commit()

    def mend():
        post.texts = ["The kettle is on."]
        db.session.commit()

    return mend


@pytest.fixture
def other(owner, feed):
    """Another post of Ada's."""
    other = Post.draft(owner, ["The rack is full."])
    choose(other, [feed])
    db.session.commit()
    return other


@pytest.fixture
def many():
    """`many(queue)`: so many more that are just like it."""

    def like(queue, number=MANY):
        one = {column.name: getattr(queue, column.name) for column in Queue.__table__.columns if column.name != "id"}
        db.session.execute(insert(Queue), [one] * number)
        db.session.commit()

    return like


def notices():
    """What the bell says, the earliest first."""
    told = db.session.scalars(select(Event).filter_by(kind="notice").order_by(Event.id))
    return [event.particulars["text"] for event in told if event.particulars["about"] == "recurring.trouble"]


def test_it_is_tried_again_after_ever_longer_whiles_and_then_daily(queue, speechless, sweep, travel):
    queue.every = 30
    db.session.commit()
    travel(hours=1)
    waits = []
    for _time in range(7):
        assert sweep() == "1 runs: 0 made, 1 failed"
        waits.append(queue.due_at - now())
        travel(seconds=waits[-1].total_seconds() - 60)
        assert sweep() == "no queue is due"
        travel(seconds=61)
    minutes = [round(wait / timedelta(minutes=1)) for wait in waits]
    assert minutes == [*BACK_OFF, BACK_OFF[-1], BACK_OFF[-1]] == [5, 30, 120, 720, 1440, 1440, 1440]


def test_it_stays_active_and_is_not_counted(queue, speechless, sweep, travel, clones, history):
    first = queue.next_time
    travel(hours=1)
    sweep()
    assert (queue.status, queue.executions, queue.next_time, queue.failures) == (Status.ACTIVE, 0, first, 1)
    assert (clones(queue), history(queue)) == ([], [(first, "failed")])
    assert Run.of(queue)[0].why == queue.attention


def test_what_it_wrote_before_it_failed_is_undone(queue, sweep, travel, monkeypatch):
    make = PostRecurrence.make

    def half(kind, order):
        make(kind, order)
        raise ZeroDivisionError

    monkeypatch.setattr(PostRecurrence, "make", half)
    travel(hours=1)
    assert sweep() == "1 runs: 0 made, 1 failed"
    assert db.session.scalars(select(Post).filter_by(created_by_queue=queue.id)).all() == []
    assert queue.attention == "Something went wrong within Fallow: ZeroDivisionError()"


def test_the_same_occurrence_is_served_once_it_goes_well(queue, speechless, sweep, travel, history):
    first = queue.next_time
    travel(hours=1)
    sweep()
    speechless()
    travel(minutes=6)
    assert sweep() == "1 runs: 1 made"
    assert history(queue) == [(first, "made")]
    assert (queue.last_time, queue.next_time) == (first, first + timedelta(days=1))


def test_when_the_next_is_due_meanwhile_that_one_is_served(queue, speechless, sweep, travel, history):
    first = queue.next_time
    travel(hours=1)
    sweep()
    travel(days=2, hours=1)
    speechless()
    assert sweep() == "1 runs: 1 made"
    days = [first + timedelta(days=day) for day in range(3)]
    assert history(queue) == [(days[0], "failed"), (days[1], "skipped"), (days[2], "made")]
    assert Run.of(queue)[1].why == "It failed until the next was due."


def test_a_streak_is_told_once(queue, post, speechless, sweep, travel):
    travel(hours=1)
    for _time in range(4):
        sweep()
        travel(days=1)
    [said] = notices()
    assert said.startswith("“The kettle is on.” did not come round: ")
    assert said.endswith(" It is tried again.")
    speechless()
    sweep()
    travel(days=1)
    post.texts = [""]
    db.session.commit()
    sweep()
    assert len(notices()) == 2


def test_a_streak_is_one_warning_in_the_log(queue, speechless, sweep, travel, caplog):
    travel(hours=1)
    with caplog.at_level(logging.INFO):
        for _time in range(3):
            sweep()
            travel(days=1)
    levels = [record.levelname for record in caplog.records if f"queue {queue.id} failed" in record.getMessage()]
    assert levels == ["WARNING", "INFO", "INFO"]


def test_a_hundred_that_fail_do_not_starve_the_others(queue, speechless, other, owner, plan, many, sweep, travel):
    queue.due_at -= timedelta(minutes=30)  # they come first
    many(queue)
    last = create("post", other.id, plan(), owner)
    db.session.commit()
    travel(hours=1)
    assert sweep() == f"{MANY + 2} runs: 1 made, {MANY + 1} failed"
    assert last.executions == 1
    travel(days=1)
    assert sweep().endswith(f"1 made, {MANY + 1} failed")
    assert last.executions == 2


def test_more_than_a_hundred_are_done_in_one_sweep(queue, many, sweep, travel):
    many(queue)
    travel(hours=1)
    assert sweep() == f"{MANY + 1} runs: {MANY + 1} made"
    assert sweep() == "no queue is due"


@pytest.mark.parametrize("error", [RuntimeError, SystemExit])
def test_one_that_raises_whatever_it_may_leaves_the_others(
    queue, other, owner, plan, sweep, travel, monkeypatch, error
):
    second = create("post", other.id, plan(), owner)
    db.session.commit()
    make = PostRecurrence.make

    def raising(kind, order):
        if order.queue_id == queue.id:
            raise error("broken")
        return make(kind, order)

    monkeypatch.setattr(PostRecurrence, "make", raising)
    travel(hours=1)
    assert sweep() == "2 runs: 1 made, 1 failed"
    assert second.executions == 1


def test_a_zone_that_this_computer_does_not_know_stops_nobody_else(queue, other, owner, plan, sweep, travel):
    second = create("post", other.id, plan(), owner)
    queue.zone = "Europe/Atlantis"
    db.session.commit()
    travel(hours=1)
    assert sweep() == "2 runs: 1 made, 1 failed"
    assert (second.executions, queue.failures) == (1, 1)
    assert "Europe/Atlantis" in queue.attention


def test_a_kind_whose_plugin_is_off_waits(queue, sweep, travel, history):
    queue.kind = "orchard.apple"
    db.session.commit()
    travel(hours=1)
    assert sweep() == "1 runs: 0 made, 1 skipped"
    assert (queue.status, queue.attention) == (Status.ACTIVE, "The plugin that repeats this is off.")


def test_one_whose_owner_has_left_waits(queue, owner, sweep, travel, clones):
    owner.active = False
    db.session.commit()
    travel(hours=1)
    assert sweep() == "1 runs: 0 made, 1 skipped"
    assert (clones(queue), queue.attention) == ([], "Whose queue it was is no longer here.")


def test_a_run_by_hand_that_fails_is_told_to_who_asked_and_leaves_nothing(queue, speechless):
    before = (queue.executions, queue.next_time, queue.failures)
    with pytest.raises(Invalid, match="nothing to publish"):
        run_now(queue)
    db.session.rollback()  # as its page and its API do
    assert (queue.executions, queue.next_time, queue.failures) == before
    assert Run.of(queue) == []


def test_a_summary_counts_each_outcome(queue, other, owner, plan, speechless, feed, sweep, travel):
    create("post", other.id, plan(), owner)
    third = create("post", other.id, plan(), owner)
    third.kind = "orchard.apple"
    db.session.commit()
    travel(hours=1)
    assert sweep() == "3 runs: 1 made, 1 skipped, 1 failed"
    outcomes = {run.outcome for run in db.session.scalars(select(Run))}
    assert outcomes == {Outcome.MADE, Outcome.SKIPPED, Outcome.FAILED}
