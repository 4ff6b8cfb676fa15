"""A run by hand: beside the series; or, where a run is due and was not made, that one. Nobody who clicks means two."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from host import Fault, db, now
from plugins.recurring.changing import create, pause, run_now
from plugins.recurring.queue import Mode, Queue, Status
from plugins.recurring.run import Run

DAY = timedelta(days=1)


@pytest.fixture
def failed(queue, post, sweep, travel):
    """It could not be made; by now it could, and waits for its next try."""
    post.texts = [""]
    db.session.commit()
    travel(hours=1)
    assert sweep() == "1 runs: 0 made, 1 failed"
    post.texts = ["The kettle is on."]
    db.session.commit()
    return queue


def by_hand(queue):
    run = run_now(queue)
    db.session.commit()
    return run


def test_what_failed_is_made_by_hand_and_not_once_more(failed, sweep, clones, history, travel):
    occurrence = failed.next_time
    run = by_hand(failed)
    assert (run.occurrence, run.by_hand, run.number) == (occurrence, True, 1)
    assert (failed.last_time, failed.next_time, failed.due_at) == (occurrence, occurrence + DAY, occurrence + DAY)
    assert (failed.failures, failed.attention) == (0, None)
    travel(hours=13)
    assert sweep() == "no queue is due"
    assert len(clones(failed)) == 1
    assert history(failed) == [(occurrence, "made")]


def test_after_it_the_next_failure_waits_as_a_first_one(failed, post, sweep, travel):
    by_hand(failed)
    post.texts = [""]
    db.session.commit()
    travel(days=1)
    sweep()
    assert failed.due_at - now() == pytest.approx(timedelta(minutes=5), abs=timedelta(minutes=1))


def test_what_is_due_in_this_very_minute_is_made_once(queue, sweep, clones, travel):
    occurrence = queue.next_time
    travel(hours=1, seconds=20)
    assert by_hand(queue).occurrence == occurrence
    assert sweep() == "no queue is due"
    assert len(clones(queue)) == 1
    assert queue.next_time == occurrence + DAY


def test_those_that_were_missed_before_it_are_listed(queue, travel, history):
    first = queue.next_time
    travel(days=3)
    by_hand(queue)
    assert history(queue) == [(first, "skipped"), (first + DAY, "skipped"), (first + 2 * DAY, "made")]


def test_what_is_too_late_for_its_owner_is_left_to_the_sweep(post, owner, plan, sweep, travel, history, clones):
    queue = create("post", post.id, plan(every=7, grace_hours=6), owner)
    first = queue.next_time
    travel(days=2)
    run = by_hand(queue)
    assert (run.occurrence > first, queue.executions) == (True, 1)
    assert sweep() == "1 runs: 0 made, 1 skipped"
    assert [outcome for _at, outcome in history(queue)] == ["skipped", "made"]
    assert queue.next_time == first + 7 * DAY
    assert len(clones(queue)) == 1


def test_what_failed_and_is_too_late_by_now_waits_for_no_other_try(failed, sweep, history):
    failed.grace_hours = 1
    failed.every = 7
    failed.next_time -= timedelta(hours=3)
    failed.anchor, failed.local_time = failed.next_time.date(), failed.next_time.time()
    failed.zone = "UTC"
    db.session.commit()
    by_hand(failed)
    assert sweep() == "1 runs: 0 made, 1 skipped"
    assert failed.next_time > now()


def test_a_paused_ones_next_stays_for_later(queue, owner, travel):
    before = queue.next_time
    pause(queue, owner)
    travel(days=2)
    run = by_hand(queue)
    assert run.occurrence > before
    assert (queue.status, queue.next_time) == (Status.PAUSED, before)


def test_a_rolling_one_is_counted_from_the_hand(post, owner, plan, travel):
    queue = create("post", post.id, plan(every=5, mode=Mode.ROLLING), owner)
    travel(days=2, hours=1, seconds=30)
    by_hand(queue)
    assert timedelta(days=4) < queue.next_time - now() <= timedelta(days=5)


def test_of_two_hands_at_once_one_makes_a_copy(app, queue, owner, clones):
    queue_id, person, start = queue.id, owner.id, Barrier(2)
    db.session.commit()

    def click():
        with app.app_context():
            start.wait(10)
            try:
                run_now(Queue.to_change(db.session.get_one(type(owner), person), queue_id))
                db.session.commit()
            except Fault as fault:
                db.session.rollback()
                return fault.message
            return "made"

    with ThreadPoolExecutor(2) as both:
        said = [each.result(30) for each in [both.submit(click), both.submit(click)]]
    assert sorted(said) == ["It has just run.", "made"]
    assert len(clones(queue)) == 1
    assert len(Run.of(queue)) == 1
