"""The clauses by which cards are due or soon: exact, of the right boards, and by the index."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import and_, select, true

from host import Account, Board, Card, db, now
from plugins.entropy import groups as grouping
from plugins.entropy.duration import LONGEST, SHORTEST
from plugins.entropy.groups import Group, groups
from plugins.entropy.life import Life
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.respite import Respite

from .conftest import DAY

TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
edges = st.sampled_from([-TICK, timedelta(), TICK, HOUR - TICK, HOUR, HOUR + TICK, 2 * HOUR])


@pytest.fixture
def meets():
    """`meets(clause)`: the titles of the cards that it lets through."""
    return lambda clause: db.session.scalars(select(Card.title).where(clause).order_by(Card.id)).all()


def test_a_card_is_due_at_the_end_of_its_period_and_not_a_microsecond_before(board, meets):
    at, (group,) = now(), groups()
    board.add_card("Due").last_active_at = at - group.period
    board.add_card("Nearly").last_active_at = at - group.period + TICK
    assert meets(group.due(at)) == ["Due"]


def test_a_card_is_soon_after_three_quarters_and_not_at_them(board, meets):
    at, (group,) = now(), groups()
    board.add_card("Soon").last_active_at = at - group.period * 0.75 - TICK
    board.add_card("Nearly").last_active_at = at - group.period * 0.75
    board.add_card("Due").last_active_at = at - group.period
    assert meets(group.soon(at)) == ["Soon", "Due"]


def test_as_many_periods_as_boards_are_not_too_many_for_one_question(board, owner, meets):
    others = [Board(account=owner.account, creator=owner, name=f"Board {each}") for each in range(1100)]
    db.session.add_all(others)
    db.session.flush()
    db.session.add_all(BoardEntropy(board_id=other.id, period_seconds=60 + each) for each, other in enumerate(others))
    at = now()
    board.add_card("Soon, by the space's period").last_active_at = at - timedelta(days=29)
    others[-1].add_card("Soon, by its board's").last_active_at = at - timedelta(seconds=1140)
    others[0].add_card("Young").last_active_at = at - timedelta(seconds=40)
    soon = grouping.soon(groups(), at)
    assert meets(soon) == ["Soon, by the space's period", "Soon, by its board's"]
    assert meets(~soon) == ["Young"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seconds=st.integers(SHORTEST, LONGEST), share=st.floats(0, 1.2))
def test_the_clauses_and_the_words_agree_on_every_card(board, meets, seconds, share):
    BoardEntropy.choose(board, seconds)
    at, (group,) = now(), groups()
    card = board.add_card("Any")
    card.last_active_at = at - timedelta(seconds=seconds) * share
    life = Life(card.last_active_at, group.period, at)
    assert bool(meets(group.due(at))) is life.due
    assert bool(meets(group.soon(at))) is life.soon
    db.session.rollback()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cards=st.lists(st.tuples(edges, st.none() | edges), max_size=6))
def test_what_began_to_be_soon_is_what_is_and_was_not(board, meets, cards):
    at, (group,) = now(), groups()
    before, turns = at - HOUR, group.period * 0.75
    for touched, respite in cards:
        card = board.add_card(f"Leaf {len(meets(true()))}")
        card.last_active_at = at - turns - touched
        if respite is not None:
            db.session.add(Respite(card_id=card.id, since=at - turns - respite))
    db.session.flush()
    newly = [title for part in group.newly_soon(before, at) for title in meets(part)]
    assert sorted(newly) == meets(and_(group.soon(at), ~group.soon(before)))
    db.session.rollback()


def test_only_cards_whose_clock_runs_can_be_due(board, owner, aged, meets):
    closed, resting, _maybe = aged(board, 3, days=40)
    aged(board, column=board.columns[0], days=40)
    closed.close(owner)
    resting.postpone(owner)
    for card in (closed, resting):
        card.last_active_at = now() - timedelta(days=40)
    (group,) = groups()
    assert meets(group.due(now())) == ["Left alone 2", "Left alone 0"]


def test_golden_cards_are_due_like_others_unless_the_space_lets_them_stay(account, board, owner, aged, meets):
    golden, _plain = aged(board, 2, days=40)
    golden.gild(owner)
    assert len(meets(groups()[0].due(now()))) == 2
    AccountEntropy.choose(account, 30 * DAY, golden_stays=True)
    assert meets(groups()[0].due(now())) == meets(groups()[0].soon(now())) == ["Left alone 1"]


def test_several_groups_at_once_are_all_that_each_would_find(account, board, other_board, owner, aged, meets):
    AccountEntropy.choose(account, 30 * DAY, golden_stays=True)
    BoardEntropy.choose(other_board, 7 * DAY)
    stranger = Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")
    for each in (board, other_board, Board.create("Theirs", by=stranger)):
        for days in (1, 6, 8, 25, 40):
            aged(each, days=days).title = f"{each.name} {days}"
            gilded = aged(each, days=days)
            gilded.title = f"{each.name} {days} golden"
            gilded.gild(each.creator)
    at, found = now(), groups()
    assert len(found) == 3
    for of_all, of_one in ((grouping.due, Group.due), (grouping.soon, Group.soon)):
        one_by_one = [title for group in found for title in meets(of_one(group, at))]
        assert sorted(meets(of_all(found, at))) == sorted(one_by_one)
    assert meets(grouping.due(found, at)) == [
        "Launch 40",
        "Garden 8",
        "Garden 25",
        "Garden 40",
        "Theirs 40",
        "Theirs 40 golden",
    ]


def test_boards_that_share_a_period_are_asked_together(account, board, other_board):
    assert [group.board_ids for group in groups()] == [(board.id, other_board.id)]
    BoardEntropy.choose(other_board, 30 * DAY)  # the same, though said elsewhere
    assert [group.board_ids for group in groups()] == [(board.id, other_board.id)]
    BoardEntropy.choose(other_board, 7 * DAY)
    assert [(group.period.days, group.board_ids) for group in groups()] == [(30, (board.id,)), (7, (other_board.id,))]


def test_boards_of_two_spaces_are_never_asked_together(board):
    stranger = Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")
    theirs = Board.create("Theirs", by=stranger)
    assert [group.board_ids for group in groups()] == [(board.id,), (theirs.id,)]


def test_a_board_whose_cards_never_rest_is_in_no_group(board, other_board):
    BoardEntropy.choose(board, None)
    assert [group.board_ids for group in groups()] == [(other_board.id,)]


def test_very_many_boards_are_asked_in_parts(board, other_board, monkeypatch):
    monkeypatch.setattr(grouping, "MOST_BOARDS", 1)
    assert [group.board_ids for group in groups()] == [(board.id,), (other_board.id,)]
