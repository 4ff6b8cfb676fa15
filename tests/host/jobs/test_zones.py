"""Cron expressions by the clock of a zone, through summer time and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from cronsim import CronSimError
from hypothesis import given
from hypothesis import strategies as st

from host.jobs import cron

BERLIN = ZoneInfo("Europe/Berlin")


def times(schedule, start, count):
    """The next times after this one, by Berlin's clock."""
    found, at = [], start.astimezone(UTC)
    for _each in range(count):
        at = schedule.following(at)
        found.append(at.astimezone(BERLIN).strftime("%d %H:%M %z"))
    return found


@pytest.mark.parametrize(
    ("expression", "start", "expected"),
    [
        # 29 March 2026: two o'clock is three o'clock.
        ("30 2 * * *", datetime(2026, 3, 28, 12, tzinfo=BERLIN), ["29 03:00 +0200", "30 02:30 +0200"]),
        ("0 9 * * *", datetime(2026, 3, 28, 12, tzinfo=BERLIN), ["29 09:00 +0200", "30 09:00 +0200"]),
        # 25 October 2026: three o'clock is two o'clock once more.
        ("30 2 * * *", datetime(2026, 10, 24, 12, tzinfo=BERLIN), ["25 02:30 +0200", "26 02:30 +0100"]),
        ("0 9 * * *", datetime(2026, 10, 24, 12, tzinfo=BERLIN), ["25 09:00 +0100", "26 09:00 +0100"]),
        # What runs every hour does so in the hour that comes twice, too.
        ("0 * * * *", datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN), ["25 02:00 +0200", "25 02:00 +0100"]),
    ],
)
def test_a_day_on_which_the_clocks_change(expression, start, expected):
    assert times(cron(expression, "now and then", "Europe/Berlin"), start, 2) == expected


EXPRESSIONS = ["30 2 * * *", "0 9 * * 1", "15 1,2,3 * * *", "*/20 * * * *", "0 0 1 * *", "59 23 31 12 *"]
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
MINUTES = st.integers(0, 2 * 366 * 24 * 60)


@given(st.sampled_from(EXPRESSIONS), st.sampled_from(ZONES), MINUTES, st.integers(0, 59))
def test_the_newest_time_is_the_last_one_that_follows(expression, zone, minutes, seconds):
    schedule = cron(expression, "now and then", zone)
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes, seconds=seconds)
    newest = schedule.latest(at)
    assert newest <= at < schedule.following(newest)
    assert schedule.following(newest - timedelta(seconds=1)) == newest


@pytest.mark.parametrize("start", [datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)])
@given(st.sampled_from(["30 2 * * *", "15 1,2,3 * * *", "*/20 * * * *"]), st.integers(0, 4 * 24 * 60))
def test_so_it_is_around_the_days_on_which_the_clocks_change(start, expression, minutes):
    schedule = cron(expression, "now and then", "Europe/Berlin")
    at = start + timedelta(minutes=minutes)
    newest = schedule.latest(at)
    assert newest <= at < schedule.following(newest)


def test_an_expression_or_a_zone_that_is_none_is_refused_at_once():
    with pytest.raises(CronSimError):
        cron("at noon", "at noon")
    with pytest.raises(ZoneInfoNotFoundError):
        cron("0 12 * * *", "at noon", "Middle/Earth")
    with pytest.raises(ValueError, match="seconds"):
        cron("0 12 * * * */10", "every ten seconds at noon")
