"""How large a batch may be."""

import gc

import pytest

from host.jobs import pace
from host.jobs.pace import HELD, Pace


def test_a_batch_that_took_too_long_makes_the_next_one_smaller():
    learner = Pace()
    learner.took(HELD / 2, 100)
    assert learner.size == 200
    learner.took(HELD * 2, 200)
    assert learner.size == 100


def test_it_grows_in_steps_and_within_bounds():
    learner = Pace()
    learner.took(HELD / 1000, 25)
    assert learner.size == 25 * pace.STEP
    learner.took(0, 2000)
    assert learner.size == pace.MOST
    learner.took(HELD * 1000, 25)
    assert learner.size == pace.LEAST


def test_one_slow_batch_only_halves_the_next():
    learner = Pace()
    learner.took(HELD * 1000, 800)
    assert learner.size == 800 / pace.BACK


def test_it_cuts_each_part_as_large_as_is_right_by_then(monkeypatch):
    monkeypatch.setattr(pace, "LEAST", 1)
    learner = Pace()
    learner.size = 2
    parts = []
    for part in learner.cut(range(9)):
        parts.append(list(part))
        learner.size += 1
    assert parts == [[0, 1], [2, 3, 4], [5, 6, 7, 8]]


def test_what_fails_teaches_nothing():
    learner = Pace()
    with pytest.raises(ZeroDivisionError), learner.holding(10):
        raise ZeroDivisionError
    assert learner.size == pace.FIRST
    assert gc.isenabled()


def test_the_collector_waits_while_the_lock_is_held_and_is_left_as_it_was():
    with Pace().holding(10):
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with Pace().holding(10):
            """Somebody has switched it off for good."""
        assert not gc.isenabled()
    finally:
        gc.enable()
