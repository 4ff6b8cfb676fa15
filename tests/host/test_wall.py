"""What clocks on the wall mean, also in the night in which they are changed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from host import moment_of

TWICE = "Clocks show 01:30 twice that day; this is the first."


@pytest.mark.parametrize(
    ("zone", "wall", "at", "note"),
    [
        ("Europe/Berlin", "2026-07-01 09:00", "2026-07-01 07:00", ""),
        ("Europe/Berlin", "2026-12-01 09:00", "2026-12-01 08:00", ""),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30", "Clocks skip 02:30 that day; this is 03:30."),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30", TWICE),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45", "Clocks skip 02:15 that day; this is 02:45."),
        ("Asia/Kolkata", "2026-04-06 09:00", "2026-04-06 03:30", ""),
    ],
)  # fmt: skip
def test_a_wall_clock_s_time_is_a_moment(zone, wall, at, note):
    found = moment_of(datetime.fromisoformat(wall), ZoneInfo(zone))
    assert found.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert found.note == note
