"""Lengths of time in the units that people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.entropy.duration import LONGEST, SHORTEST, Duration, Unit, within_limits


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (60, "1 minute"),
        (90, "90 seconds"),
        (3_600, "1 hour"),
        (129_600, "36 hours"),
        (86_400, "1 day"),
        (30 * 86_400, "30 days"),
        (3_650 * 86_400, "3,650 days"),
    ],
)
def test_a_length_is_said_in_the_longest_unit_that_leaves_nothing_over(seconds, words):
    assert Duration.of(seconds).words == words


@given(st.integers(SHORTEST, LONGEST))
def test_no_second_is_lost_between_seconds_and_units(seconds):
    assert Duration.of(seconds).seconds == seconds
    assert Duration.of(seconds, least=7).seconds == seconds


@given(st.integers(SHORTEST, LONGEST), st.integers(1, 60))
def test_there_are_as_many_units_as_were_asked_for(seconds, least):
    assert Duration.of(seconds, least=least).amount >= least


def test_a_day_in_at_least_seven_units_has_hours():
    assert Duration.of(86_400, least=7) == (24, Unit.HOURS)


@pytest.mark.parametrize(("seconds", "fits"), [(59, False), (60, True), (LONGEST, True), (LONGEST + 1, False)])
def test_a_period_lies_between_a_minute_and_ten_years(seconds, fits):
    assert within_limits(seconds) is fits
