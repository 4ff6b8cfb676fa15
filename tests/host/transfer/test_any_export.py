"""Whatever stands in an export, it is taken over whole or refused in a sentence, and the board is sound."""

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host.db import db
from host.models import Board, Card, User
from host.models.card.consistency import misplaced
from host.transfer.trello import Dates, import_trello
from host.transfer.trello.refusal import NoBoard
from tests.host.transfer.conftest import export

ODD = export("odd")

KEYS = st.sampled_from(["id", "name", "card", "closed", "old"])
TEXTS = st.text() | st.sampled_from(["5a0000000000000000000065", "x" * 3000])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything in a document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(each for key, child in inside for each in places(child, (*path, key)))]


PLACES = places(ODD)[1:]


def changed(path: tuple[Any, ...], value: Any, document: dict[str, Any]) -> None:
    """Put the value at the path, if the path is still there."""
    at: Any = document
    try:
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value
    except (KeyError, IndexError, TypeError):
        return


@pytest.mark.sqlite_only("what SQLite and PostgreSQL refuse differently is tried on both below")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(PLACES), VALUES), min_size=1, max_size=6), st.sampled_from(Dates))
def test_any_values_anywhere(owner: User, changes: list[tuple[tuple[Any, ...], Any]], dates: Dates) -> None:
    document = copy.deepcopy(ODD)
    for path, value in changes:
        changed(path, value, document)
    try:
        report = import_trello(json.dumps(document), by=owner, dates=dates)
    except NoBoard:
        return
    cards = db.session.scalar(db.select(db.func.count()).where(Card.board_id == report.board_id))
    assert cards == report.counts["cards"]
    assert db.session.scalars(misplaced()).all() == []
    db.session.rollback()


TEXTLESS = [None, True, -1, 1e400, [], [None], [[]], {}, {"id": None}]
AWKWARD = [*TEXTLESS, "", " ", "\x00", "\ud800", "x" * 200_000, "0001-01-01"]


@pytest.mark.parametrize("part", ["cards", "lists", "labels", "members", "checklists", "actions"])
def test_awkward_values_in_every_field(owner: User, part: str) -> None:
    """Each field of each kind of thing gets each awkward value in turn, a copy of the thing for each."""
    document = copy.deepcopy(ODD)
    first = next(each for each in ODD[part] if isinstance(each, dict))
    document[part] = [{**first, key: value} for key in first for value in AWKWARD]
    report = import_trello(json.dumps(document), by=owner)
    db.session.commit()
    assert db.session.get(Board, report.board_id)
    assert db.session.scalars(misplaced()).all() == []
