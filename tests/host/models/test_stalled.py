"""Cards that many had a hand in, and then nobody."""

import pytest
from sqlalchemy import select

from host.db import db
from host.eventlog import record_rows
from host.models import Card, User


@pytest.fixture
def card(board, owner):
    card = board.add_card("Sow the rye", by=owner)
    db.session.commit()
    return card


@pytest.fixture
def spiked(card):
    """`spiked()`: whether the card has a spike, once what was done is committed."""

    def look():
        db.session.commit()
        return card.activity_spike_at is not None

    return look


def talk(card, *people, body="Still on it"):
    for person in people:
        card.comment(body, person)


def test_three_comments_by_two_people_are_a_spike(card, spiked, owner, member):
    talk(card, owner, owner, owner)
    assert not spiked()
    talk(card, member)
    assert spiked()


def test_two_comments_are_none(card, spiked, owner, member):
    talk(card, owner, member)
    assert not spiked()


def test_what_was_said_long_ago_or_taken_back_does_not_count(card, spiked, owner, member, travel):
    talk(card, owner, member)
    travel(days=11)
    talk(card, owner)
    assert not spiked()
    card.comments[-1].remove(owner)
    talk(card, owner, member)
    assert not spiked()
    talk(card, owner)
    assert spiked()


def test_what_the_system_says_does_not_count(card, spiked, owner):
    system = owner.account.system
    talk(card, owner, owner, system, system)
    assert not spiked()


def test_a_card_that_is_given_to_somebody(card, spiked, owner, member):
    card.assign(member, owner)
    card.unassign(member, owner)
    assert not spiked()
    card.assign(member, owner)
    assert spiked()


def test_a_card_that_is_opened_again(card, spiked, owner):
    card.close(owner)
    assert not spiked()
    card.reopen(owner)
    assert spiked()
    card.postpone(owner)
    assert not spiked()


def test_nothing_that_happens_by_itself(card, spiked, owner, member):
    card.assign(member, owner)
    spiked()
    card.activity_spike_at = None
    about = {"account_id": card.account_id, "board_id": card.board_id, "card_id": card.id, "creator_id": owner.id}
    record_rows([{**about, "kind": "card_assigned", "automatic": True, "at": card.created_at, "particulars": {}}])
    assert not spiked()


def found():
    return list(db.session.scalars(select(Card.title).where(Card.stalled)))


def test_it_stalls_after_two_weeks_without_activity(card, owner, member, travel):
    card.assign(member, owner)
    db.session.commit()
    travel(days=13)
    assert not card.stalled
    assert found() == []
    travel(days=1)
    assert card.stalled
    assert found() == ["Sow the rye"]
    card.board.name = "Other"
    card.tag("garden")
    db.session.commit()
    assert card.stalled
    card.keep(owner)
    db.session.commit()
    assert not card.stalled
    assert found() == []


@pytest.mark.parametrize("act", ["postpone", "close"])
def test_only_what_is_awake_stalls(card, owner, member, travel, act):
    card.assign(member, owner)
    db.session.commit()
    travel(days=20)
    getattr(card, act)(owner)
    db.session.commit()
    travel(days=20)
    assert not card.stalled
    assert found() == []


def test_however_many_it_takes_a_few_statements_and_none_for_other_changes(board, owner, member, statements):
    def cost(cards, change):
        for card in cards:
            change(card)
        db.session.flush()
        with statements() as seen:
            db.session.commit()
        return len([said for said in seen if "activity_spike_at" in said or "count(*) >=" in said])

    cards = [board.add_card(f"Card {number}", by=owner) for number in range(20)]
    people = [owner, member, User.join(owner.account, name="Cy", email=None)]
    db.session.commit()
    assert cost(cards, lambda card: talk(card, *people)) == cost(cards[:1], lambda card: talk(card, *people)) == 2
    assert cost(cards, lambda card: card.gild(owner)) == 0


def test_the_board_marks_it_and_finds_it(client, card, owner, member, travel, board):
    board.add_card("Fresh", by=owner)
    card.assign(member, owner)
    db.session.commit()
    assert "Stalled</span>" not in client.get(f"/boards/{board.id}").text
    travel(days=15)
    assert client.get(f"/boards/{board.id}").text.count("Stalled</span>") == 1
    assert "Fresh" not in client.get(f"/boards/{board.id}?stalled=1").text
