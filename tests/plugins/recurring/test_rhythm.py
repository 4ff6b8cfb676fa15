"""The series by the wall clock: the table of publishing.md 4.4 row by row, and what follows from it."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.recurring.rhythm import Rhythm, Unit, first_from, later_by

NEW_YORK, BERLIN, LORD_HOWE, KOLKATA = (
    ZoneInfo(name) for name in ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata")
)
ZONES = (NEW_YORK, BERLIN, LORD_HOWE, KOLKATA, *(ZoneInfo(name) for name in ("Pacific/Apia", "America/Nuuk", "UTC")))


def rhythm(begin, zone, every=1, unit=Unit.DAYS, left_out=()):
    """From this time of the clock on."""
    at = datetime.fromisoformat(begin)
    return Rhythm(every, unit, at.date(), at.time(), zone, frozenset(map(date.fromisoformat, left_out)))


def times(series, number, zone=None):
    """The first of it, by the clock of the zone; as UTC without one."""
    after, found = series.moment(series.anchor) - timedelta(seconds=1), []
    for _each in range(number):
        after = series.after(after)
        found.append(after)
    return [f"{each.astimezone(zone or UTC):%m-%d %H:%M}" for each in found]


TABLE = [
    (NEW_YORK, "2026-03-07T09:00", 1, "03-08 13:00", "03-08 09:00 EDT"),
    (NEW_YORK, "2026-10-31T09:00", 1, "11-01 14:00", "11-01 09:00 EST"),
    (BERLIN, "2026-03-22T08:00", 7, "03-29 06:00", "03-29 08:00 CEST"),
    (BERLIN, "2026-10-18T08:00", 14, "11-01 07:00", "11-01 08:00 CET"),
    (NEW_YORK, "2026-03-07T02:30", 1, "03-08 07:30", "03-08 03:30 EDT"),
    (NEW_YORK, "2026-10-31T01:30", 1, "11-01 05:30", "11-01 01:30 EDT"),
    (LORD_HOWE, "2026-10-03T02:15", 1, "10-03 15:45", "10-04 02:45 +11"),
    (KOLKATA, "2026-03-07T09:00", 30, "04-06 03:30", "04-06 09:00 IST"),
]


@pytest.mark.parametrize(("zone", "begin", "every", "utc", "shown"), TABLE, ids=[f"{row[0]} {row[1]}" for row in TABLE])
def test_it_keeps_to_the_wall_clock(zone, begin, every, utc, shown):
    series = rhythm(begin, zone, every)
    following = series.after(series.moment(series.anchor))
    assert f"{following:%m-%d %H:%M}" == utc
    assert f"{following.astimezone(zone):%m-%d %H:%M %Z}" == shown


def test_after_a_day_without_its_time_it_returns_to_it():
    series = rhythm("2026-03-07T02:30", NEW_YORK)
    assert times(series, 3, NEW_YORK) == ["03-07 02:30", "03-08 03:30", "03-09 02:30"]
    shifted = [series.is_shifted(series.moment(date(2026, 3, day))) for day in (7, 8, 9)]
    assert shifted == [False, True, False]


def test_of_a_time_that_comes_twice_the_first_counts_and_only_once():
    assert times(rhythm("2026-10-31T01:30", NEW_YORK), 3) == ["10-31 05:30", "11-01 05:30", "11-02 06:30"]


def test_a_day_that_a_zone_left_out_is_none():
    """Samoa went from the 29th to the 31st of December 2011."""
    series = rhythm("2011-12-29T10:00", ZoneInfo("Pacific/Apia"))
    found = times(series, 3)
    assert found[0] == "12-29 20:00"
    assert len({*found}) == 3


def test_months_end_where_they_do_and_the_day_comes_back():
    series = rhythm("2027-10-31T09:00", BERLIN, 1, Unit.MONTHS)
    days = ["10-31", "11-30", "12-31", "01-31", "02-29", "03-31"]
    assert times(series, 6, BERLIN) == [f"{day} 09:00" for day in days]


def test_every_few_months_and_leap_days():
    leap = rhythm("2028-02-29T09:00", BERLIN, 12, Unit.MONTHS)
    assert times(leap, 5, BERLIN) == ["02-29 09:00", *["02-28 09:00"] * 3, "02-29 09:00"]
    assert times(rhythm("2026-01-15T09:00", BERLIN, 3, Unit.MONTHS), 3, BERLIN) == [
        "01-15 09:00",
        "04-15 09:00",
        "07-15 09:00",
    ]


def test_days_that_are_left_out_have_none_and_move_none():
    series = rhythm("2026-12-20T09:00", BERLIN, 2, left_out=["2026-12-24", "2026-12-25", "2026-12-26"])
    assert times(series, 4, BERLIN) == ["12-20 09:00", "12-22 09:00", "12-28 09:00", "12-30 09:00"]


def test_it_ends_with_the_calendar():
    days = rhythm("9999-12-25T09:00", BERLIN, 3)
    assert len(list(days.days_from(days.anchor))) == 2
    months = rhythm("9999-01-31T09:00", BERLIN, 10, Unit.MONTHS)
    assert months.after(datetime(9999, 12, 1, tzinfo=UTC)) is None


def test_nothing_is_before_its_first_day():
    series = rhythm("2026-12-20T09:00", BERLIN, 5)
    assert series.after(datetime(2020, 1, 1, tzinfo=UTC)) == series.moment(series.anchor)
    assert list(series.between(datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 12, 20, tzinfo=UTC))) == []


def test_between_has_both_ends():
    series = rhythm("2026-11-01T09:00", BERLIN)
    first, last = series.moment(date(2026, 11, 2)), series.moment(date(2026, 11, 4))
    assert [each.day for each in series.between(first, last)] == [2, 3, 4]
    tick = timedelta(microseconds=1)
    assert [each.day for each in series.between(first + tick, last - tick)] == [3]


def test_the_nearest_is_the_one_that_was_meant():
    series = rhythm("2026-11-01T09:00", BERLIN, 7)
    meant = series.moment(date(2026, 11, 8))
    for hours in (-3, -1, 0, 1, 3):
        assert series.nearest(meant + timedelta(hours=hours)) == meant
    assert series.nearest(meant + timedelta(days=3)) is None


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-08T06:00", date(2026, 3, 8)),
        ("2026-03-08T07:30", date(2026, 3, 8)),
        ("2026-03-08T07:31", date(2026, 3, 9)),
    ],
)
def test_the_first_day_on_which_a_time_is_to_come(moment, expected):
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert first_from(at, time(2, 30), NEW_YORK) == expected


def test_so_much_later_is_by_the_clock():
    begin = datetime(2026, 3, 7, 14, tzinfo=UTC)  # 09:00 in New York
    assert later_by(begin, 1, Unit.DAYS, NEW_YORK) == datetime(2026, 3, 8, 13, tzinfo=UTC)
    end_of_january = datetime(2027, 1, 31, 14, tzinfo=UTC)
    assert later_by(end_of_january, 1, Unit.MONTHS, NEW_YORK) == datetime(2027, 2, 28, 14, tzinfo=UTC)


@st.composite
def rhythms(draw):
    unit = draw(st.sampled_from(Unit))
    every = draw(st.integers(1, 400 if unit is Unit.DAYS else 24))
    begin = draw(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
    at = time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 15, 30, 59])))
    left_out = draw(st.frozensets(st.integers(0, 20), max_size=5))
    zone = draw(st.sampled_from(ZONES))
    series = Rhythm(every, unit, begin, at, zone)
    return Rhythm(every, unit, begin, at, zone, frozenset(series.day(number) for number in left_out))


LONG_AGO = datetime(1999, 1, 1, tzinfo=UTC)
moments = st.integers(0, 50 * 365 * 24 * 60).map(lambda minutes: LONG_AGO + timedelta(minutes=minutes))


@given(rhythms(), moments)
def test_each_follows_the_one_before_and_none_is_missed(series, moment):
    """From wherever one looks: the next is the first of all that come later, by counting them."""
    found = series.after(moment)
    numbers = (number for number in range(60_000) if series.day(number) not in series.left_out)
    counted = next(at for at in (series.moment(series.day(number)) for number in numbers) if at > moment)
    assert found == counted
    assert list(islice(series.between(moment + timedelta(microseconds=1), found), 2)) == [found]
    assert series.nearest(found) == found


@given(rhythms())
def test_the_clock_shows_the_same_time_unless_it_skips_it(series):
    for day in islice(series.days_from(series.anchor), 50):
        at = series.moment(day)
        local = at.astimezone(series.zone)
        if local.time() != series.at:
            assert series.is_shifted(at)
            there = datetime.combine(day, series.at, series.zone)
            assert there.astimezone(UTC).astimezone(series.zone).time() != series.at
        else:
            assert (local.date(), local.fold) == (day, 0)
