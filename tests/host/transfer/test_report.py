"""The report in words and as JSON."""

import pytest

from host.transfer.trello.report import CHANGED, LEFT, TAKEN, Report

PARTS = {"taken": TAKEN, "changed": CHANGED, "left": LEFT}
PHRASES = {key: phrase for part in PARTS.values() for key, phrase in part.items()}


def filled(**counts: int) -> Report:
    report = Report(board="Sink", board_id=7)
    report.counts.update(counts)
    return report


def test_no_key_is_in_two_parts() -> None:
    assert len(PHRASES) == sum(map(len, PARTS.values()))


@pytest.mark.parametrize("key", sorted(PHRASES.keys() - {"board_description"}))
def test_each_count_is_told_with_its_number(key: str) -> None:
    one, many = PHRASES[key](1), PHRASES[key](12_000)
    assert one.split()[0] == "1"
    assert many.split()[0] == "12,000"


@pytest.mark.parametrize("name", PARTS)
def test_each_part_is_told_under_its_title_and_only_when_there_is_something(name: str) -> None:
    titles = {"taken": "Taken over:", "changed": "Changed:", "left": "Not taken over:"}
    key = next(iter(PARTS[name]))
    lines = list(filled(**{key: 3}).lines())
    assert lines[1:-1] == [titles[name], f"  {PHRASES[key](3)}"]
    assert filled(**{key: 3}).as_json()[name] == {key: 3}


def test_nothing_at_all() -> None:
    assert list(filled().lines()) == ["Board “Sink”", "Each card's clock starts now."]
    told = {"board": "Sink", "board_id": 7, "dates": "fresh", "taken": {}, "changed": {}, "left": {}}
    assert filled().as_json() == told


def test_it_says_what_becomes_of_the_clocks() -> None:
    report = Report(kept_dates=True)
    assert list(report.lines())[-1] == "Each card keeps its last activity, so old ones will rest at the next sweep."
    assert report.as_json()["dates"] == "keep"
