"""When bundles end, by a person's clock."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from plugins.notifications.pace import Pace, after_quiet

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = time(8, 30)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("pace", "at", "ends"),
    [
        (Pace.HALF_HOUR, "2026-11-20 09:59", "2026-11-20 10:29"),
        (Pace.FEW_HOURS, "2026-11-20 09:59", "2026-11-20 10:00"),
        (Pace.FEW_HOURS, "2026-11-20 10:00", "2026-11-20 13:00"),
        (Pace.FEW_HOURS, "2026-11-20 16:00", "2026-11-21 10:00"),
        (Pace.DAILY, "2026-11-20 08:29", "2026-11-20 08:30"),
        (Pace.DAILY, "2026-11-20 08:30", "2026-11-21 08:30"),
        (Pace.WEEKLY, "2026-11-20 09:00", "2026-11-23 08:30"),  # a Friday
        (Pace.WEEKLY, "2026-11-23 08:30", "2026-11-30 08:30"),  # a Monday
        (Pace.DAILY, "2026-03-28 12:00", "2026-03-29 08:30"),  # summer time begins that night
        (Pace.DAILY, "2026-10-24 12:00", "2026-10-25 08:30"),  # and ends
    ],
)
def test_a_window_ends_by_the_persons_clock(pace: Pace, at: str, ends: str) -> None:
    assert pace.end(berlin(at).astimezone(UTC), HOUR, BERLIN) == berlin(ends)


def test_an_hour_that_summer_time_leaves_out_comes_after_the_gap() -> None:
    end = Pace.DAILY.end(berlin("2026-03-28 12:00"), time(2, 30), BERLIN)
    assert f"{end.astimezone(BERLIN):%d.%m. %H:%M}" == "29.03. 03:30"


def test_an_hour_that_comes_twice_counts_once() -> None:
    first = Pace.DAILY.end(berlin("2026-10-24 12:00"), time(2, 30), BERLIN)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert Pace.DAILY.end(first, time(2, 30), BERLIN) == berlin("2026-10-26 02:30")


def test_who_wants_no_bundle_has_no_window() -> None:
    with pytest.raises(ValueError, match="no window"):
        Pace.NEVER.end(berlin("2026-11-20 09:59"), HOUR, BERLIN)


@pytest.mark.parametrize(
    ("at", "begins", "ends", "heard"),
    [
        ("2026-11-20 21:59", time(22), time(7), "2026-11-20 21:59"),
        ("2026-11-20 22:00", time(22), time(7), "2026-11-21 07:00"),
        ("2026-11-21 06:59", time(22), time(7), "2026-11-21 07:00"),
        ("2026-11-21 07:00", time(22), time(7), "2026-11-21 07:00"),
        ("2026-11-20 13:00", time(12), time(14), "2026-11-20 14:00"),
        ("2026-11-20 15:00", time(12), time(14), "2026-11-20 15:00"),
        ("2026-11-20 13:00", None, None, "2026-11-20 13:00"),
        ("2026-11-20 13:00", time(12), time(12), "2026-11-20 13:00"),
    ],
)
def test_what_lies_in_quiet_hours_comes_after_them(at: str, begins: time | None, ends: time | None, heard: str) -> None:
    assert after_quiet(berlin(at).astimezone(UTC), begins, ends, BERLIN) == berlin(heard)
