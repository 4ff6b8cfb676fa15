"""The cards that chance draws."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from host.demo.chance import LONGEST_REST, PERIOD, Chance, Surroundings
from host.models import Place
from host.models.card.arrival import Arrival

AT = datetime(2031, 4, 5, tzinfo=UTC)
AROUND = Surroundings(people=(1, 2, 3), tags=(10, 11), columns=(20, 21), owner=1)
MANY = 600


@pytest.fixture
def others() -> list[Arrival]:
    chance = Chance(5, AT)
    return [chance.other(AROUND) for _each in range(MANY)]


@pytest.fixture
def stale() -> list[Arrival]:
    chance = Chance(5, AT)
    return [chance.stale(AROUND) for _each in range(MANY)]


def age(card: Arrival) -> timedelta:
    return AT - card.last_active_at


def test_stale_cards_are_open_and_due(stale: list[Arrival]) -> None:
    assert {card.place for card in stale} == {Place.MAYBE, Place.COLUMN}
    assert all(timedelta(days=PERIOD) < age(card) <= timedelta(days=LONGEST_REST) for card in stale)


def test_other_open_cards_have_time_left(others: list[Arrival]) -> None:
    awake = [card for card in others if card.place in (Place.MAYBE, Place.COLUMN)]
    assert all(timedelta() <= age(card) < timedelta(days=PERIOD) for card in awake)
    soon = [card for card in awake if age(card) > timedelta(days=PERIOD * 0.75)]
    assert 0 < len(soon) < len(awake) / 2


def test_every_place_has_its_share(others: list[Arrival]) -> None:
    shares = Counter(card.place for card in others)
    assert set(shares) == {Place.MAYBE, Place.COLUMN, Place.DONE, Place.NOT_NOW}
    assert min(shares.values()) > MANY / 20


def test_resting_cards_lie_in_no_column_and_the_owner_stands_for_the_sweep(others: list[Arrival]) -> None:
    resting = [card for card in others if card.resting]
    assert all(card.column is None and not card.closed for card in resting)
    assert all(card.resting.by == AROUND.owner for card in resting if card.rested_by_itself)
    assert {card.rested_by_itself for card in resting} == {True, False}


def test_a_life_is_in_order(others: list[Arrival], stale: list[Arrival]) -> None:
    for card in others + stale:
        said = [remark.at for remark in card.comments]
        assert said == sorted(said)
        assert all(card.created_at <= at <= card.last_active_at for at in said)
        assert card.created_at <= card.last_active_at <= AT


def test_cards_refer_to_what_is_there(others: list[Arrival]) -> None:
    for card in others:
        assert {card.creator, *card.assignees, *(remark.by for remark in card.comments)} <= set(AROUND.people)
        assert set(card.tags) <= set(AROUND.tags)
        assert card.column in (None, *AROUND.columns)
        assert 0 < len(card.title) <= 255
        assert len({text for text, _done in card.steps}) == len(card.steps)


def test_chance_varies(others: list[Arrival]) -> None:
    assert len({card.title for card in others}) > MANY / 2
    for has in ("description", "steps", "tags", "assignees", "comments", "golden"):
        share = sum(bool(getattr(card, has)) for card in others) / MANY
        assert 0 < share < 0.6, has
