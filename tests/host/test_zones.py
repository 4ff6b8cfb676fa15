"""Zones: of people, and of the computer itself."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host import zones
from host.errors import Invalid
from host.zones import HERE, checked_zone, name_here, zone_names, zone_of

HOUR = timedelta(hours=1)


@pytest.fixture
def in_berlin(monkeypatch):
    """This computer stands in Berlin."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_name_leads_to_its_zone_and_none_to_this_computers():
    assert zone_of("Asia/Kolkata") == ZoneInfo("Asia/Kolkata")
    assert zone_of(None) is HERE
    assert zone_of("") is HERE


@pytest.mark.parametrize("gone", ["Mars/Olympus", "../etc/passwd", "/etc/passwd", "\x00", "Europe"])
def test_a_zone_that_is_no_more_breaks_nothing(gone):
    assert zone_of(gone) is HERE


def test_what_may_be_chosen():
    assert {"Europe/Berlin", "UTC"} <= set(zone_names())
    assert checked_zone("Europe/Berlin") == "Europe/Berlin"
    assert (checked_zone(""), checked_zone(None)) == (None, None)
    for none in ("europe/berlin", "localtime", "Factory", "x" * 1000):
        with pytest.raises(Invalid) as refused:
            checked_zone(none)
        assert list(refused.value.errors) == ["zone"]


@pytest.mark.usefixtures("in_berlin")
@given(st.integers(631_152_000, 2_051_222_400).map(lambda second: datetime.fromtimestamp(second, UTC)))
def test_this_computers_clock_goes_like_its_zone(at):
    here, there = at.astimezone(HERE), at.astimezone(ZoneInfo("Europe/Berlin"))
    assert (here.replace(tzinfo=None), here.utcoffset(), here.tzname()) == (
        there.replace(tzinfo=None),
        there.utcoffset(),
        there.tzname(),
    )
    assert here.astimezone(UTC) == at


@pytest.mark.usefixtures("in_berlin")
def test_the_hour_that_comes_twice_is_told_apart():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    clocks = [moment.astimezone(HERE) for moment in (first, first + HOUR)]
    assert [f"{clock:%H:%M %Z}" for clock in clocks] == ["02:30 CEST", "02:30 CET"]
    assert [clock.astimezone(UTC) for clock in clocks] == [first, first + HOUR]


def test_this_computer_may_tell_what_its_zone_is_called(monkeypatch, tmp_path):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert name_here() == "Europe/Berlin"
    monkeypatch.setenv("TZ", "Nowhere/Near")
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    monkeypatch.setattr(zones, "LOCALTIME", link)
    assert name_here() == "Asia/Tokyo"
    monkeypatch.setattr(zones, "LOCALTIME", tmp_path / "missing")
    assert name_here() == "UTC"
