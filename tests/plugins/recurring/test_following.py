"""Clocks that go otherwise than they did when the next time was found: a country has decided so since."""

from datetime import timedelta

import pytest

from host import db, now
from plugins.recurring.changing import create
from plugins.recurring.following import AT_ONCE, follow_clocks
from plugins.recurring.queue import Queue

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def follow():
    """Look after all clocks; says what came of it."""

    def run():
        said = follow_clocks.run()
        db.session.expire_all()
        return said

    return run


def under_other_rules(queue, shift):
    """As if the zone had been so much behind when the next time was found."""
    meant = queue.next_time
    queue.next_time = queue.due_at = meant + shift
    db.session.commit()
    return meant


@pytest.mark.parametrize("shift", [-HOUR, HOUR / 2, HOUR])
def test_a_queue_keeps_the_time_of_the_day(queue, follow, shift):
    meant = under_other_rules(queue, shift)
    assert follow() == "1 queue follows its clock"
    assert (queue.next_time, queue.due_at) == (meant, meant)
    assert follow() == "no clock has changed"


def test_those_that_keep_their_time_are_left(queue, follow):
    before = queue.next_time
    assert follow() == "no clock has changed"
    assert queue.next_time == before


def test_all_of_them_in_batches(post, owner, plan, follow):
    at = now().replace(microsecond=0) + HOUR
    queues = [create("post", post.id, plan(at=at), owner) for _each in range(AT_ONCE + 3)]
    for queue in queues:
        queue.next_time = queue.due_at = queue.next_time + HOUR
    db.session.commit()
    assert follow() == f"{AT_ONCE + 3} queues follow their clocks"
    assert {each.next_time for each in db.session.scalars(db.select(Queue))} == {at}


@pytest.mark.parametrize("status", ["pause", "complete"])
def test_what_does_not_run_is_left(queue, follow, status):
    under_other_rules(queue, HOUR)
    getattr(queue, status)("For a while.")
    db.session.commit()
    assert follow() == "no clock has changed"


def test_one_that_fails_keeps_its_wait(queue, follow):
    meant = under_other_rules(queue, HOUR)
    queue.fail("It was refused.")
    due = queue.due_at
    db.session.commit()
    follow()
    assert (queue.next_time, queue.due_at) == (meant, due)


def test_one_that_is_due_by_the_old_clock_alone_waits_for_the_new(queue, sweep, clones, travel):
    """The sweep may come before the look at the clocks."""
    meant = under_other_rules(queue, -HOUR)
    travel(minutes=10)
    assert sweep() == "no queue is due"
    assert (clones(queue), queue.next_time) == ([], meant)
    travel(hours=1)
    assert sweep() == "1 runs: 1 made"
    assert (queue.last_time, queue.next_time) == (meant, meant + DAY)


def test_one_that_was_due_earlier_by_the_new_clock_is_served_and_not_lost(queue, sweep, clones, travel):
    meant = under_other_rules(queue, HOUR)
    travel(hours=2, minutes=1)
    assert sweep() == "1 runs: 1 made"
    assert (queue.last_time, queue.next_time) == (meant, meant + DAY)
    assert len(clones(queue)) == 1
