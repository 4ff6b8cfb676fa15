"""How much of a card's time has gone by, and what is said of it."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.entropy.duration import LONGEST, SHORTEST
from plugins.entropy.life import STAGES, Life

NOON = datetime(2025, 10, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)

periods = st.integers(SHORTEST, LONGEST).map(lambda seconds: timedelta(seconds=seconds))


@pytest.fixture(autouse=True)
def in_utc(monkeypatch):
    """The calendar that hangs where these tests run."""
    monkeypatch.setenv("TZ", "UTC")
    _set_zone()
    yield
    monkeypatch.undo()
    _set_zone()


def life(gone, period=30 * DAY, at=NOON):
    return Life(at - gone, period, at)


@pytest.mark.parametrize(
    ("days", "percent", "stage"),
    [
        (0, 0, "fresh"),
        (13, 43, "fresh"),
        (13.5, 45, "growing"),
        (19.4, 64, "growing"),
        (19.5, 65, "turning"),
        (24, 80, "dry"),
        (26.9, 89, "dry"),
        (27, 90, "due"),
        (30, 100, "due"),
        (400, 100, "due"),
    ],
)
def test_the_ring_fills_and_turns(days, percent, stage):
    now = life(days * DAY)
    assert (now.percent, now.stage) == (percent, stage)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(), "rests at the next sweep"),
        (-DAY, "rests at the next sweep"),
        (TICK, "rests today"),
        (timedelta(hours=11, minutes=59), "rests today"),
        (timedelta(hours=12), "rests tomorrow"),
        (timedelta(hours=35, minutes=59), "rests tomorrow"),
        (timedelta(hours=36), "rests in 2 days"),
        (3 * DAY, "rests in 3 days"),
        (1200 * DAY, "rests in 1,200 days"),
    ],
)
def test_the_words_count_the_nights_that_are_left(left, words):
    period = 2000 * DAY
    assert life(period - left, period).words == words


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be set from here")
def test_the_nights_are_those_of_the_place_where_the_program_runs(monkeypatch):
    in_an_hour = life(30 * DAY - timedelta(hours=1), at=datetime(2025, 10, 20, 21, 30, tzinfo=UTC))
    assert in_an_hour.words == "rests today"
    monkeypatch.setenv("TZ", "Europe/Berlin")
    _set_zone()
    assert in_an_hour.words == "rests tomorrow"


@pytest.mark.parametrize(
    ("gone", "period", "words"),
    [
        (24 * DAY, 30 * DAY, "24 of 30 days gone by"),
        (0.9 * DAY, DAY, "21 of 24 hours gone by"),
        (timedelta(seconds=45), timedelta(minutes=1), "45 of 60 seconds gone by"),
        (timedelta(hours=20), timedelta(hours=36), "20 of 36 hours gone by"),
        (timedelta(seconds=59), timedelta(seconds=90), "59 of 90 seconds gone by"),
        (90 * DAY, 30 * DAY, "30 of 30 days gone by"),
    ],
)
def test_what_has_gone_by_is_said_in_the_periods_own_unit(gone, period, words):
    assert life(gone, period).share_words == words


def test_soon_is_more_than_three_quarters_to_the_microsecond():
    assert not life(22.5 * DAY).soon
    assert life(22.5 * DAY + TICK).soon


def test_due_is_the_whole_period_to_the_microsecond():
    assert not life(30 * DAY - TICK).due
    assert life(30 * DAY).due


def test_a_touch_in_the_future_counts_as_a_touch_now():
    ahead = life(-5 * DAY)
    assert (ahead.percent, ahead.stage, ahead.share_words) == (0, "fresh", "0 of 30 days gone by")
    assert not ahead.soon
    assert not ahead.due


@given(periods, st.floats(0, 1.5))
def test_what_is_due_is_soon_and_what_is_soon_has_turned(period, share):
    now = life(period * share, period)
    assert now.soon or not now.due
    assert now.due == (now.words == "rests at the next sweep")
    if now.soon:
        assert now.percent >= 75
        assert now.stage in [*STAGES, "due"][2:]
    if now.due:
        assert (now.percent, now.stage) == (100, "due")


def _set_zone():
    if hasattr(time, "tzset"):
        time.tzset()
    assert os.environ.get("TZ") is None or os.environ["TZ"]
