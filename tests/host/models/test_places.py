"""Where a card lies: what each action does from each place, what the log says, and that twice is as good as once."""

from datetime import timedelta

import pytest

from host.clock import now
from host.db import db
from host.errors import Invalid
from host.models import Board, Card, Place
from host.models.card.consistency import misplaced

# The states that an action may meet, and how a card gets there.
STATES = {
    "maybe": [],
    "writing": ["triage"],
    "resting": ["postpone"],
    "done from maybe": ["close"],
    "done from writing": ["triage", "close"],
}

# (state, action, where the card lies then, in which column, what the log says): fizzy.md, section 0.
TRANSITIONS = [
    ("maybe", "close", Place.DONE, None, ["card_closed"]),
    ("writing", "close", Place.DONE, "Writing", ["card_closed"]),
    ("resting", "close", Place.DONE, None, ["card_closed"]),
    ("done from writing", "close", Place.DONE, "Writing", []),
    ("maybe", "reopen", Place.MAYBE, None, []),
    ("writing", "reopen", Place.COLUMN, "Writing", []),
    ("resting", "reopen", Place.NOT_NOW, None, []),
    ("done from maybe", "reopen", Place.MAYBE, None, ["card_reopened"]),
    ("done from writing", "reopen", Place.COLUMN, "Writing", ["card_reopened"]),
    ("maybe", "postpone", Place.NOT_NOW, None, ["card_postponed"]),
    ("writing", "postpone", Place.NOT_NOW, None, ["card_postponed"]),
    ("resting", "postpone", Place.NOT_NOW, None, []),
    ("done from maybe", "postpone", Place.NOT_NOW, None, ["card_reopened", "card_postponed"]),
    ("done from writing", "postpone", Place.NOT_NOW, None, ["card_reopened", "card_postponed"]),
    ("maybe", "triage", Place.COLUMN, "Writing", ["card_triaged"]),
    ("writing", "triage", Place.COLUMN, "Writing", []),
    ("writing", "triage on", Place.COLUMN, "Checking", ["card_triaged"]),
    ("resting", "triage", Place.COLUMN, "Writing", ["card_triaged"]),
    ("done from maybe", "triage", Place.COLUMN, "Writing", ["card_reopened", "card_triaged"]),
    ("done from writing", "triage", Place.COLUMN, "Writing", ["card_reopened", "card_triaged"]),
    ("done from writing", "triage on", Place.COLUMN, "Checking", ["card_reopened", "card_triaged"]),
    ("maybe", "send back", Place.MAYBE, None, []),
    ("writing", "send back", Place.MAYBE, None, ["card_sent_back_to_triage"]),
    ("resting", "send back", Place.MAYBE, None, ["card_sent_back_to_triage"]),
    ("done from maybe", "send back", Place.MAYBE, None, ["card_reopened", "card_sent_back_to_triage"]),
    ("done from writing", "send back", Place.MAYBE, None, ["card_reopened", "card_sent_back_to_triage"]),
]


def act(card, action, by):
    writing, checking = card.board.columns
    {
        "close": lambda: card.close(by),
        "reopen": lambda: card.reopen(by),
        "postpone": lambda: card.postpone(by),
        "triage": lambda: card.triage_into(writing, by),
        "triage on": lambda: card.triage_into(checking, by),
        "send back": lambda: card.send_back_to_triage(by),
    }[action]()


@pytest.fixture(params=["in one breath", "in two"])
def bring(request, board, owner):
    """bring("resting"): a card in that state, brought there in the same transaction or in one before."""

    def brought(state):
        card = board.add_card(state)
        for action in STATES[state]:
            act(card, action, owner)
        (db.session.commit if request.param == "in two" else db.session.flush)()
        return card

    return brought


def test_an_action_moves_the_card_and_says_so(bring, log, member):
    happened = []
    for state, action, *_wanted in TRANSITIONS:
        card = bring(state)
        before = log(card)
        act(card, action, member)
        told = log(card)[len(before) :]
        db.session.commit()
        happened.append((state, action, card.place, card.column.name if card.column else None, told))
    assert happened == TRANSITIONS
    assert db.session.scalars(misplaced()).all() == []


def test_the_same_again_changes_nothing(bring, log, owner, travel):
    for state, action, *_wanted in TRANSITIONS:
        card = bring(state)
        act(card, action, owner)
        before = log(card), card.last_active_at, card.place, card.column
        travel(hours=1)
        act(card, action, owner)
        assert (log(card), card.last_active_at, card.place, card.column) == before, (state, action)


def test_whatever_moves_a_card_restarts_its_clock(bring, owner, travel):
    for state, action, _place, _column, told in TRANSITIONS:
        card = bring(state)
        touched = card.last_active_at
        travel(hours=1)
        act(card, action, owner)
        assert (card.last_active_at > touched) is bool(told), (state, action)


def test_whatever_moves_a_card_takes_its_activity_spike(board, owner):
    for state, action in [("maybe", "close"), ("maybe", "postpone"), ("maybe", "triage"), ("resting", "send back")]:
        card = board.add_card(state)
        for step in STATES[state]:
            act(card, step, owner)
        card.activity_spike_at = now()
        act(card, action, owner)
        assert card.activity_spike_at is None, (state, action)


def test_who_and_when_is_kept(card, owner, member, travel):
    travel(days=2)
    before = now()
    card.close(member)
    assert (card.closure.creator, card.postponement) == (member, None)
    assert before <= card.closure.at <= now()
    card.postpone(owner)
    db.session.commit()
    assert (card.closure, card.postponement.creator, card.postponement.automatic) == (None, owner, False)


def test_a_card_closed_long_ago_keeps_that_day(card, owner):
    then = now() - timedelta(days=400)
    card.close(owner, at=then)
    db.session.commit()
    assert card.closure.at == then


def test_a_column_of_another_board_is_refused(card, owner, stranger):
    elsewhere = Board.create("Second", by=owner, columns=["Writing"]).columns[0]
    for column in (elsewhere, Board.create("Theirs", by=stranger, columns=["Writing"]).columns[0]):
        with pytest.raises(Invalid) as refused:
            card.triage_into(column, owner)
        assert list(refused.value.errors) == ["column"]
    assert card.place is Place.MAYBE


def test_many_moves_in_one_transaction_leave_the_last(card, owner, log):
    for _round in range(3):
        card.close(owner)
        card.reopen(owner)
        card.postpone(owner)
        card.send_back_to_triage(owner)
    card.close(owner)
    db.session.commit()
    assert card.place is Place.DONE
    assert len(log(card)) == 13


def test_keep_restarts_the_clock_of_what_is_awake_and_of_nothing_else(card, owner, log, travel):
    travel(days=9)
    before = now()
    card.keep(owner)
    assert card.last_active_at >= before
    card.postpone(owner)
    rested = card.last_active_at
    travel(days=1)
    card.keep(owner)
    assert card.last_active_at == rested
    assert log(card) == ["card_kept", "card_postponed"]


def test_awake_is_a_word_and_a_clause(board, owner):
    maybe, working, resting, done = (board.add_card(str(n)) for n in range(4))
    working.triage_into(board.columns[0], owner)
    resting.postpone(owner)
    done.close(owner)
    db.session.commit()
    assert [card.awake for card in (maybe, working, resting, done)] == [True, True, False, False]
    assert set(db.session.scalars(db.select(Card).where(Card.awake))) == {maybe, working}
