"""What the databases say differently comes to the same."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import bindparam, func, literal, select

from host.db import Moment, db
from host.dialects import Ids, among, iso, json_list, json_object
from host.models import Card

IDS = bindparam("ids", type_=Ids)


@pytest.fixture
def cards(board):
    cards = [board.add_card(title) for title in ("Reeds", "Rye", "Oats")]
    db.session.commit()
    return cards


@pytest.mark.parametrize("chosen", [[], [0], [0, 2], [2, 0, 0]])
def test_a_column_is_among_numbers(cards, chosen):
    ids = [cards[number].id for number in chosen]
    found = db.session.scalars(select(Card.id).where(among(Card.id, IDS)).order_by(Card.id), {"ids": ids}).all()
    assert found == sorted(set(ids))
    others = select(func.count(Card.id)).where(~among(Card.id, IDS))
    assert db.session.scalar(others, {"ids": ids}) == len(cards) - len(set(ids))


def test_very_many_numbers_are_one_value(cards):
    ids = [card.id for card in cards] + list(range(1000, 100_000))
    assert db.session.scalar(select(func.count(Card.id)).where(among(Card.id, IDS)), {"ids": ids}) == len(cards)


@pytest.mark.parametrize("microseconds", [0, 1, 120_000, 999_999])
def test_a_moment_is_written_as_python_writes_it(app, microseconds):
    at = datetime(2026, 3, 29, 1, 2, 3, tzinfo=UTC) + timedelta(microseconds=microseconds)
    assert db.session.scalar(select(iso(literal(at, Moment)))) == at.isoformat()


def test_an_object_is_made_of_columns_and_values(cards):
    made = json_object(number=Card.number, column_id=Card.column_id, title=Card.title, said=literal("“so”"))
    found = db.session.scalars(select(made).order_by(Card.id)).first()
    assert found == {"number": 1, "column_id": None, "title": "Reeds", "said": "“so”"}
    assert db.session.scalar(select(json_object())) == {}


def test_a_json_list_has_the_values_of_each_row(board, owner):
    cards = [board.add_card(title, by=owner) for title in ("Rye", "“Oats”")]
    listed = select(json_list(Card.number, Card.title))
    found = db.session.scalar(listed.where(Card.id.in_([card.id for card in cards])))
    assert sorted(found) == [[1, "Rye"], [2, "“Oats”"]]
    assert not db.session.scalar(listed.where(Card.id < 0))
