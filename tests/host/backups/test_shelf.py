"""Which backups stay."""

from datetime import UTC, datetime, timedelta

import pytest

from host.backups.shelf import STAMP, Shelf
from host.errors import NotFound

NEWEST = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.path.mkdir()
    return shelf


def put(shelf, *moments, kind="fallow"):
    for at in moments:
        (shelf.path / f"{kind}-{at:{STAMP}}.backup").touch()


def days(shelf):
    return [f"{each.at:%m-%d}" for each in shelf.all()]


def test_seven_days_four_weeks_and_twelve_months_stay(shelf):
    put(shelf, *(NEWEST - timedelta(days=number) for number in range(800)))
    shelf.rotate()
    assert days(shelf) == [
        *("11-22", "11-21", "11-20", "11-19", "11-18", "11-17", "11-16"),
        *("11-15", "11-08", "11-01"),
        *("10-31", "09-30", "08-31", "07-31", "06-30", "05-31", "04-30", "03-31", "02-28", "01-31", "12-31"),
    ]


def test_day_by_day_the_same_stay(shelf):
    """As each day's rotation only sees what those before it left."""
    for number in range(800, -1, -1):
        put(shelf, NEWEST - timedelta(days=number))
        shelf.rotate()
    assert len(days(shelf)) == 21
    assert days(shelf)[:8] == ["11-22", "11-21", "11-20", "11-19", "11-18", "11-17", "11-16", "11-15"]


def test_of_several_of_a_day_the_newest_stays_and_after_a_long_rest_none_is_lost(shelf):
    put(shelf, NEWEST, NEWEST - timedelta(hours=1), NEWEST - timedelta(days=400))
    shelf.rotate()
    assert [each.at for each in shelf.all()] == [NEWEST, NEWEST - timedelta(days=400)]


def test_three_from_before_a_restore_stay_and_count_by_themselves(shelf):
    put(shelf, *(NEWEST - timedelta(hours=number) for number in range(5)), kind="before-restore")
    put(shelf, NEWEST)
    shelf.rotate()
    assert [each.before_restore for each in shelf.all()].count(True) == 3


def test_other_files_are_let_be(shelf):
    for name in ("before-upgrade-20261122T031500000000.db", "mine.backup", "fallow-soon.backup"):
        (shelf.path / name).touch()
    shelf.rotate()
    assert len([*shelf.path.iterdir()]) == 3
    assert shelf.all() == []


@pytest.mark.parametrize("name", ["../fallow.db", "", "mine.backup", "fallow-20261122T031500000000Z.backup"])
def test_what_does_not_lie_there_is_not_found(shelf, name):
    with pytest.raises(NotFound):
        shelf.named(name)
