"""Demo data: as much as asked for, as stale as asked for, and sound."""

from datetime import timedelta

import pytest

from host.clock import now
from host.db import db
from host.demo import Wanted, plant
from host.errors import Fault, Invalid
from host.models import Account, Board, Card, Comment, Event, Goldness, Place, Step, Tagging, User
from host.models.card.consistency import misplaced


def due_by_sweep() -> int:
    old = Card.last_active_at <= now() - timedelta(days=30)
    return db.session.scalar(db.select(db.func.count()).where(Card.awake, old)) or 0


def titles(board: Board) -> list[str]:
    return list(db.session.scalars(db.select(Card.title).filter_by(board_id=board.id).order_by(Card.number)))


AMOUNTS = [(101, 4, 0.37), (10, 1, 1.0), (10, 3, 0.0), (0, 1, 0.5), (2, 5, 0.5)]


@pytest.mark.parametrize(("cards", "boards", "stale"), AMOUNTS)
def test_exactly_as_much_as_asked(account: Account, cards: int, boards: int, stale: float) -> None:
    planted = plant(Wanted(cards=cards, boards=boards, stale=stale), account)
    assert len(planted) == boards
    sizes = [board.counts().total() for board in planted]
    assert sum(sizes) == cards
    assert max(sizes) - min(sizes) <= 2
    assert due_by_sweep() == round(cards * stale)


def test_something_of_everything_and_all_in_its_place(account: Account) -> None:
    plant(Wanted(cards=400), account)
    places = set(db.session.scalars(db.select(Card.place)))
    assert places == {Place.MAYBE, Place.COLUMN, Place.NOT_NOW, Place.DONE}
    for model in (Comment, Step, Tagging, Goldness):
        assert db.session.scalars(db.select(model).limit(1)).first() is not None
    assert db.session.scalars(misplaced()).all() == []
    assert len(account.people) == 9


def test_nothing_lies_in_the_future_and_no_card_is_older_than_its_log(account: Account) -> None:
    plant(Wanted(cards=100), account)
    assert db.session.scalar(db.select(db.func.max(Event.at))) <= now()
    assert db.session.scalar(db.select(db.func.count()).where(Card.created_at > Card.last_active_at)) == 0
    before = db.select(db.func.count(Event.id)).join(Card, Event.card_id == Card.id).where(Event.at < Card.created_at)
    assert db.session.scalar(before) == 0


def test_names_go_on_when_boards_outnumber_them(account: Account) -> None:
    planted = plant(Wanted(cards=0, boards=12), account)
    assert planted[11].name == "Workshop 2"
    assert len({board.name for board in planted}) == 12


def test_the_same_seed_gives_the_same_cards(account: Account) -> None:
    other = Account.open("Other", owner_name="Ada", email="ada@example.org").account
    third = Account.open("Third", owner_name="Ada", email="ada@example.org").account
    seeds = ((account, 7), (other, 7), (third, 8))
    ones, twos, threes = (titles(plant(Wanted(cards=30, seed=seed), space)[0]) for space, seed in seeds)
    assert ones == twos
    assert ones != threes


def test_a_space_with_a_board_is_left_alone(board: Board, account: Account) -> None:
    with pytest.raises(Fault, match="wants an empty space"):
        plant(Wanted(), account)
    assert set(db.session.scalars(db.select(User))) == {account.system, account.owner}


@pytest.mark.parametrize("how", [{"stale": 1.01}, {"stale": -0.1}, {"boards": 0}, {"cards": -1}])
def test_what_cannot_be(how: dict) -> None:
    with pytest.raises(Invalid):
        Wanted(**how)


def test_progress_is_told(account: Account) -> None:
    told: list[tuple[int, int]] = []
    plant(Wanted(cards=30, boards=3), account, lambda done, whole: told.append((done, whole)))
    assert told == [(10, 30), (20, 30), (30, 30)]
