"""Names of records."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.publishing.networks.bluesky.keys import record_key, tid
from tests.peers.bluesky import TID

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MICROSECONDS = 1_767_225_600_000_000  # of that moment


@pytest.mark.parametrize(
    ("microseconds", "clock", "expected"),
    [
        (MICROSECONDS, 0, "3mbd3542k2222"),
        (MICROSECONDS + 1, 0, "3mbd3542k2322"),
        (MICROSECONDS, 1023, "3mbd3542k22zz"),
        (0, 0, "2222222222222"),
        ((1 << 53) - 1, 1023, "bzzzzzzzzzzzz"),
    ],
)
def test_tid(microseconds, clock, expected):
    assert tid(microseconds, clock) == expected


def test_the_name_of_a_message_never_changes():
    """By another program from the same rule: what is in a row today has to be found by the Fallow of tomorrow."""
    assert record_key("post.0", NEW_YEAR) == "3mbd354vdajcl"


@given(st.text(), st.timedeltas(timedelta(days=18_000), timedelta(days=84_000)))
def test_every_name_is_a_tid_of_its_second(seed, since_1970):
    key = record_key(seed, datetime(1970, 1, 1, tzinfo=UTC) + since_1970)
    assert TID.fullmatch(key)
    microseconds = since_1970 // timedelta(microseconds=1)
    assert tid(microseconds, 0) <= key <= tid(microseconds + 1_000_000, 0)


def test_many_messages_of_one_moment_have_names_of_their_own():
    assert len({record_key(f"post.{number}", NEW_YEAR) for number in range(5000)}) == 5000


def test_names_sort_in_time():
    later = [record_key("post.0", NEW_YEAR + timedelta(seconds=2 * step)) for step in range(50)]
    assert later == sorted(later)
    assert all(re.fullmatch(r"[2-7a-z]{13}", each) for each in later)
