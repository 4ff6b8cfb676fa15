"""The one source of time."""

from datetime import UTC, datetime, timedelta

import pytest

from host import clock

MACHINE = timedelta(minutes=1)  # how long a test may take between two looks at the machine's clock


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "clock"
    monkeypatch.setenv("FALLOW_CLOCK_FILE", str(path))
    return path


def ahead() -> timedelta:
    return clock.now() - datetime.now(UTC)


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta()
    assert abs(ahead()) < MACHINE


def test_a_traveller_goes_on_from_where_they_are(travel):
    travel(days=31)
    travel(hours=-24)
    assert timedelta(days=30) - MACHINE < ahead() < timedelta(days=30) + MACHINE
    assert clock.offset() == timedelta(days=30)


def test_a_file_moves_the_clock_of_a_real_process_and_may_be_rewritten(file, travel):
    for seconds in ("86400", " 3600.5\n", "-7200"):
        file.write_text(seconds)
        assert clock.offset() == timedelta(seconds=float(seconds))
    travel(days=1)
    assert clock.offset() == timedelta(hours=22)


NOTHING = [None, b"", b"\n", b"864e", b"tomorrow", b"\xff", b"nan", b"1e300", b"inf", b"1e12", b"-1e12"]


@pytest.mark.parametrize("content", NOTHING)
def test_a_file_that_says_nothing_leaves_the_clock_alone(file, content):
    if content is not None:
        file.write_bytes(content)
    assert clock.offset() == timedelta()


def test_a_folder_in_its_place_leaves_the_clock_alone(file):
    file.mkdir()
    assert clock.offset() == timedelta()
