"""Values that are not what they should be."""

from datetime import UTC, datetime
from math import inf, nan

import pytest

from host.transfer.trello.loose import born, identifiers, moment, number, text, things


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\r\nb", "a\nb"),
        ("a\x00b\x07", "ab"),
        ("\U0001f600 half \ud83d", "\U0001f600 half "),
        (12, "12"),
        (1.5, "1.5"),
        (True, ""),
        (None, ""),
        (["a"], ""),
        pytest.param(10**5000, "", id="more digits than Python writes"),
    ],
)
def test_text(value: object, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, 1.0), ("2.5", 2.5), ("bottom", inf), (None, inf), (True, inf), (nan, inf), (inf, inf), (10**400, inf)],
    ids=range(8),
)
def test_number(value: object, expected: float) -> None:
    assert number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2015-06-19T10:43:07.215Z", datetime(2015, 6, 19, 10, 43, 7, 215000, UTC)),
        ("2015-06-19T12:43:07+02:00", datetime(2015, 6, 19, 10, 43, 7, tzinfo=UTC)),
        ("2015-06-19", datetime(2015, 6, 19, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("", None),
        (1434710587, None),
        (None, None),
    ],
)
def test_moment(value: object, expected: datetime | None) -> None:
    assert moment(value) == expected


def test_an_id_tells_its_time_unless_it_is_none_of_trellos() -> None:
    assert born("5583efc5e400a960320e5ff2") == datetime(2015, 6, 19, 10, 32, 37, tzinfo=UTC)
    assert born("000000010000000000000000") is None
    assert born("5583efc5") is None
    assert born("zzzzzzzze400a960320e5ff2") is None
    assert born(5) is None


def test_lists_with_other_things_in_them() -> None:
    assert list(things([{"a": 1}, None, "x", []])) == [{"a": 1}]
    assert list(things(None)) == list(things({"a": 1})) == []
    assert identifiers(["a", 5, None, "a", {}]) == ["a", "5"]
    assert identifiers("abc") == []
