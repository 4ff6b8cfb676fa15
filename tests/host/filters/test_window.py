"""Stretches of days, as somebody in a zone has them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from host.filters import Window
from host.zones import HERE

BERLIN = ZoneInfo("Europe/Berlin")
AUCKLAND = ZoneInfo("Pacific/Auckland")
WEDNESDAY = datetime(2026, 1, 14, 11, 30, tzinfo=UTC)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("window", "first", "after"),
    [
        ("today", utc(2026, 1, 14), utc(2026, 1, 15)),
        ("yesterday", utc(2026, 1, 13), utc(2026, 1, 14)),
        ("this_week", utc(2026, 1, 12), utc(2026, 1, 19)),
        ("last_week", utc(2026, 1, 5), utc(2026, 1, 12)),
        ("this_month", utc(2026, 1, 1), utc(2026, 2, 1)),
        ("last_month", utc(2025, 12, 1), utc(2026, 1, 1)),
        ("this_year", utc(2026, 1, 1), utc(2027, 1, 1)),
        ("last_year", utc(2025, 1, 1), utc(2026, 1, 1)),
    ],
)
def test_it_ends_where_the_next_begins(window, first, after):
    assert Window(window).span(WEDNESDAY, ZoneInfo("UTC")) == (first, after)


def test_days_begin_by_the_clocks_of_the_zone():
    assert Window.TODAY.span(WEDNESDAY, BERLIN) == (utc(2026, 1, 13, 23), utc(2026, 1, 14, 23))
    assert Window.TODAY.span(WEDNESDAY, AUCKLAND) == (utc(2026, 1, 14, 11), utc(2026, 1, 15, 11))
    assert Window.THIS_WEEK.span(utc(2026, 1, 18, 23, 30), BERLIN)[0] == utc(2026, 1, 18, 23)
    first, after = Window.TODAY.span(WEDNESDAY, HERE)
    assert first <= WEDNESDAY < after


def test_the_day_on_which_summer_begins_is_shorter():
    first, after = Window.TODAY.span(utc(2026, 3, 29, 12), BERLIN)
    assert (after - first).total_seconds() == 23 * 3600


def test_the_last_day_of_a_leap_year():
    assert Window.LAST_YEAR.span(utc(2028, 2, 29, 12), ZoneInfo("UTC"))[0] == utc(2027, 1, 1)


@pytest.mark.parametrize("written", ["this_week", "thisweek", "This week", "THIS-WEEK"])
def test_it_is_known_however_it_is_written(written):
    assert Window.read(written) is Window.THIS_WEEK


@pytest.mark.parametrize("written", ["", "tomorrow", "week", "<b>"])
def test_others_are_none(written):
    assert Window.read(written) is None
