"""A board in the archive is let be by sweeps and wakings until it is brought back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from host import Board, Place, db, local_time, now
from plugins.entropy import badges, panel, period, soon, soon_on_board, sweep, waking
from plugins.entropy.models import BoardEntropy
from plugins.entropy.run import Run
from plugins.entropy.waking import wake_on

from .conftest import DAY


@pytest.fixture
def archived(board, owner) -> Board:
    board.archive(by=owner)
    return board


def test_no_sweep_rests_its_cards(archived, owner, travel):
    card = archived.add_card("Rye", by=owner)
    travel(days=31)
    assert db.session.scalars(soon.on_board(archived)).all() == []
    sweep.run()
    assert card.place is Place.MAYBE
    archived.unarchive(by=owner)
    db.session.commit()
    sweep.run()
    db.session.refresh(card)
    assert card.place is Place.NOT_NOW


def test_a_card_that_was_to_wake_wakes_when_the_board_is_back(archived, owner, travel):
    card = archived.add_card("Rye", by=owner)
    card.postpone(owner)
    wake_on(card, local_time(now(), owner).date() + timedelta(days=2), owner)
    db.session.commit()
    travel(days=3)
    assert waking.wake.run(card.postponement.id) == "nothing to wake"
    assert waking.wake_late.run() == "nothing to wake"
    archived.unarchive(by=owner)
    db.session.commit()
    assert waking.wake_late.run() == "woke 1 card"
    assert card.place is Place.MAYBE


def test_an_undo_lets_it_be(board, owner, aged, places):
    card = aged(board, days=31)
    sweep.run()
    board.archive(by=owner)
    found = db.session.scalars(select(Run)).one()
    found.undo(owner)
    assert (found.put_back, places(card)) == (0, ["not_now"])


def test_no_page_says_that_its_cards_will_rest(archived, owner, aged):
    BoardEntropy.choose(archived, 30 * DAY)
    card = aged(archived, days=29)
    assert said_of(card) == []
    assert period.of_board(archived).seconds == 30 * DAY
    archived.unarchive(by=owner)
    db.session.commit()
    assert len(said_of(card)) == 4


def test_no_choice_is_said_to_rest_its_cards(client, archived, owner, aged):
    aged(archived, 2, days=8)
    aged(Board.create("Garden", by=owner), days=8)
    assert "would rest 1 card on 1 board." in client.get("/settings/plugin/entropy/entropy?period=7").text
    its_own = f"/boards/{archived.id}/settings/entropy/entropy?period=7"
    assert "With this, nothing would rest at the next sweep." in client.get(its_own).text


def said_of(card):
    """Banner, ring, what a folded column says, and the foot of the card's page, as far as there are any."""
    there = (
        soon_on_board.banner(card.board),
        badges.for_cards([card]),
        soon_on_board.signs(card.board),
        panel.for_card(card),
    )
    return [each for each in there if each]
