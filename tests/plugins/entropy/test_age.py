"""How old the cards of each board are, written down once a day."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from host import Board, db, local_time, now
from plugins.entropy import age
from plugins.entropy.age import Age, counted, history
from plugins.entropy.duration import LONGEST, SHORTEST
from plugins.entropy.life import Life
from plugins.entropy.models import BoardEntropy
from plugins.entropy.stay import stay


@pytest.fixture
def today():
    """By this computer's calendar."""
    return lambda: local_time(now()).date()


@pytest.fixture
def grown(board, owner, aged):
    """Cards of every stage."""
    for days in (1, 2, 15, 23, 25, 29, 31):
        aged(board, days=days)
    aged(board, days=40).postpone(owner)
    aged(board, days=40).close(owner)
    stay(aged(board, days=40), owner)
    db.session.commit()


STAGES = {"fresh": 2, "growing": 1, "turning": 1, "dry": 1, "due": 2, "resting": 1}


def test_each_stage_has_its_count(board, grown, today):
    assert age.run() == "looked at 1 board"
    assert history(board, today()) == {today(): STAGES}


def test_a_day_is_written_once_as_it_was_last(board, grown, aged, today):
    age.run()
    aged(board, days=1)
    age.run()
    assert history(board, today()) == {today(): {**STAGES, "fresh": 3}}


def test_each_board_goes_by_its_own_clock(board, other_board, aged, today):
    BoardEntropy.choose(other_board, 90 * 86_400)
    aged(board, days=29)
    aged(other_board, days=29)
    age.run()
    assert history(board, today())[today()] == {"due": 1}
    assert history(other_board, today())[today()] == {"fresh": 1}


def test_what_never_rests_has_no_stage(board, owner, aged, today):
    BoardEntropy.choose(board, None)
    aged(board, 2, days=100)[0].postpone(owner)
    db.session.commit()
    age.run()
    assert history(board, today())[today()] == {"resting": 1}


def test_without_cards_there_is_nothing_to_write(board):
    assert age.run() == "nothing to look at"
    assert db.session.scalars(select(Age)).all() == []


def test_a_day_is_kept_for_a_year(board, aged, travel, today):
    aged(board, days=1)
    age.run()
    first = today()
    travel(days=365)
    age.run()
    assert set(history(board, first)) == {first, today()}
    travel(days=1)
    age.run()
    assert set(history(board, first)) == {today() - timedelta(days=1), today()}


def test_only_the_days_asked_for_are_read(board, aged, travel, today):
    aged(board, days=1)
    for _day in range(3):
        age.run()
        travel(days=1)
    lately = today() - timedelta(days=2)
    assert set(history(board, lately)) == {lately, lately + timedelta(days=1)}


def test_it_goes_with_its_board(board, grown):
    age.run()
    db.session.delete(board)
    db.session.commit()
    assert db.session.scalars(select(Age)).all() == []


def test_many_boards_take_as_many_statements_as_few(owner, aged, statements):
    for number in range(3):
        aged(Board.create(f"{number}", by=owner), days=1)
    age.run()
    with statements() as few:
        age.run()
    for number in range(9):
        aged(Board.create(f"{number}", by=owner), days=1)
    with statements() as many:
        age.run()
    assert len(many) == len(few)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seconds=st.integers(SHORTEST, LONGEST), share=st.sampled_from([0.45, 0.65, 0.8, 0.9]) | st.floats(-0.1, 1.2))
def test_the_counts_and_the_rings_agree(board, seconds, share):
    BoardEntropy.choose(board, seconds)
    at, period = now(), timedelta(seconds=seconds)
    card = board.add_card("Any")
    card.last_active_at = at - period * share
    db.session.flush()
    (count,) = counted(Board.id == board.id)
    # The clock runs on between the two, so a stage may end there.
    assert count.stage in {Life(card.last_active_at, period, moment).stage for moment in (at, now())}
    db.session.rollback()


def test_a_count_goes_by_an_index_of_the_boards_cards(board, grown, statements, plan):
    db.session.refresh(board)
    with statements() as seen:
        counted(Board.id == board.id)
    assert len(seen) == 3  # the periods, the one group, what rests
    assert "ix_card_" in plan(*seen[1])
    assert "ix_card_board_id_place" in plan(*seen[2])
