"""Cards in a column that is ordered by hand."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event

import pytest
from sqlalchemy import literal, select, text, update

from host.db import Id, db
from host.errors import Fault, Invalid
from host.models import BulkAction, Card, Place
from host.models import Event as Logged
from host.models.card import Flock
from host.models.card.consistency import misplaced
from host.models.card.lying import LYING, ROOM, cards_of, on_top
from tests.patience import PATIENCE, until


@pytest.fixture
def column(board, owner):
    """Writing, ordered by hand, with the cards 1 to 4; as they were touched, so that 4 lies on top."""
    for title in "abcd":
        board.add_card(title, column=board.columns[0])
    board.columns[0].change({"order": "hand"}, by=owner)
    db.session.commit()
    return board.columns[0]


@pytest.fixture
def card(column):
    """card(3): the one with this number."""
    return lambda number: db.session.scalars(select(Card).filter_by(number=number)).one()


def order(column):
    """The numbers of its cards from the top."""
    db.session.commit()
    return [each.number for each in cards_of(column.id)]


def test_at_first_they_lie_as_they_were_touched(board, owner, travel):
    checking = board.columns[1]
    for title in "abc":
        board.add_card(title, column=checking)
    travel(hours=1)
    board.add_card("elsewhere")
    db.session.scalars(select(Card).filter_by(number=2)).one().keep(owner)
    checking.change({"order": "hand"}, by=owner)
    assert order(checking) == [2, 3, 1]
    told = db.session.scalars(select(Logged).filter_by(kind="column_changed")).one()
    assert told.particulars["old_order"] == "touched"


def test_an_order_that_there_is_not_is_refused(board, owner):
    with pytest.raises(Invalid) as refused:
        board.columns[0].change({"order": "size"}, by=owner)
    assert [*refused.value.errors] == ["order"]
    assert not board.columns[0].by_hand


def test_what_is_done_to_a_card_leaves_it_where_it_lies(column, card, owner, travel):
    travel(hours=1)
    card(1).comment("Still on it", owner)
    card(2).keep(owner)
    assert order(column) == [4, 3, 2, 1]


def test_what_comes_lies_on_top(column, card, board, owner):
    board.add_card("added", column=column)
    board.add_card("moved").triage_into(column, owner)
    card(1).close(owner)
    card(1).reopen(owner)
    draft = board.draft(owner, column=column)
    draft.jot("drafted", "")
    draft.publish(owner)
    assert order(column) == [7, 1, 6, 5, 4, 3, 2]


def test_a_card_is_laid_below_another_or_on_top(column, card):
    card(4).lie_below(2)
    assert order(column) == [3, 2, 4, 1]
    card(1).lie_below(None)
    assert order(column) == [1, 3, 2, 4]
    card(1).lie_below(4)
    assert order(column) == [3, 2, 4, 1]
    card(2).lie_below(2)
    assert order(column) == [3, 2, 4, 1]


def test_it_rises_and_sinks_by_one_and_no_further_than_the_ends(column, card):
    card(2).rise()
    assert order(column) == [4, 2, 3, 1]
    for _again in range(3):
        card(2).rise()
    assert (order(column), card(2).lies) == ([2, 4, 3, 1], (1, 4))
    card(2).sink()
    assert order(column) == [4, 2, 3, 1]
    for _again in range(4):
        card(2).sink()
    assert (order(column), card(2).lies) == ([4, 3, 1, 2], (4, 4))


def test_golden_cards_stay_above_plain_ones(column, card, owner):
    for number in (1, 3):
        card(number).gild(owner)
    assert order(column) == [3, 1, 4, 2]
    card(2).lie_below(3)
    assert order(column) == [3, 1, 2, 4]
    card(3).lie_below(4)
    assert order(column) == [1, 3, 2, 4]
    card(4).lie_below(None)
    assert order(column) == [1, 3, 4, 2]
    card(4).rise()
    assert (order(column), card(4).lies) == ([1, 3, 4, 2], (3, 4))
    card(4).close(owner)
    assert card(4).lies == (0, 3)


def test_below_one_that_is_gone_is_on_top(column, card, owner):
    card(3).close(owner)
    for gone in (3, 4711, -1, 2**70):
        card(4).lie_below(2)
        card(4).lie_below(gone)
        assert order(column) == [4, 2, 1]


def test_it_is_moved_into_its_place_from_elsewhere(column, card, board, owner):
    other = board.add_card("other")
    other.triage_below(3, column, owner)
    assert order(column) == [4, 3, 5, 2, 1]
    other.postpone(owner)
    other.triage_below(None, column, owner)
    assert order(column) == [5, 4, 3, 2, 1]


def test_to_lay_a_card_is_no_activity_and_nobody_is_told(column, card, log, travel):
    before, said = card(1).last_active_at, log(card(1))
    travel(hours=1)
    card(1).rise()
    db.session.commit()
    assert (card(1).last_active_at, log(card(1))) == (before, said)


def test_elsewhere_cards_are_not_laid(column, card, board, owner):
    board.add_card("touched", column=board.columns[1])
    maybe = board.add_card("maybe")
    for other in (card(5), maybe):
        for attempt in (lambda other=other: other.lie_below(None), other.rise, other.sink):
            with pytest.raises(Fault):
                attempt()
    column.change({"order": "touched"}, by=owner)
    with pytest.raises(Fault):
        card(1).rise()


def test_there_is_room_for_any_number_between_two(column, card, board):
    numbers = [board.add_card(str(number), column=column).number for number in range(60)]
    for number in numbers:
        card(number).lie_below(4)
    assert order(column) == [4, *reversed(numbers), 3, 2, 1]
    assert len({each.rank for each in cards_of(column.id)}) == 64


def test_what_has_one_rank_is_told_apart_when_it_is_laid(column, card):
    db.session.execute(update(Card).values(rank=7))
    assert order(column) == [4, 3, 2, 1]
    card(1).lie_below(3)
    assert order(column) == [4, 3, 1, 2]


def test_one_row_is_written_however_many_lie_there(column, card, board, statements):
    for number in range(30):
        board.add_card(str(number), column=column)
    db.session.commit()
    card(1)
    with statements() as seen:
        card(1).lie_below(4)
        db.session.commit()
    assert len([each for each in seen if each.startswith("UPDATE card")]) == 1
    assert len(seen) <= 20


def test_a_copy_of_the_board_lies_as_the_board_does(column, card, board, owner):
    card(4).lie_below(1)
    card(2).gild(owner)
    copy = board.copy("Copy", by=owner, with_cards=True)
    db.session.commit()
    titles = {each.number: each.title for each in db.session.scalars(select(Card))}
    assert [each.order for each in copy.columns] == ["hand", "touched"]
    assert [titles[each.number] for each in cards_of(copy.columns[0].id)] == ["b", "c", "a", "d"]


def test_an_undone_action_lays_cards_where_they_lay(column, card, board, owner):
    moved = BulkAction.move([card(2), card(3)], board.columns[1], owner)
    db.session.commit()
    assert order(column) == [4, 1]
    card(1).rise()
    assert moved.undo() == 2
    assert order(column) == [1, 4, 3, 2]


def test_an_undone_sweep_lays_cards_where_they_lay(column, card, owner):
    ids = [card(number).id for number in (2, 3)]
    Flock.awake(ids).postpone(owner)
    assert order(column) == [4, 1]
    was = select(Card.id.label("card_id"), literal(column.id, Id).label("column_id"), Card.last_active_at)
    Flock.resting(ids).put_back(was.where(Card.place == Place.NOT_NOW), owner)
    assert order(column) == [4, 3, 2, 1]


@pytest.mark.sqlite_only("PostgreSQL plans by what the tables hold, and these hold nothing")
def test_they_are_found_by_an_index(column, plan):
    there = select(Card.rank).where(Card.column_id == column.id, Card.place == Place.COLUMN)
    said = plan(there.order_by(Card.rank).limit(1))
    assert "ix_card_column_id_rank (column_id=?)" in said
    assert "TEMP B-TREE" not in said
    assert "ix_card_column_id_rank (column_id=?)" in plan(there.order_by(*LYING))


def test_the_first_card_of_a_column_has_room_on_both_sides(board, column):
    assert on_top(board.columns[1].id) == 0
    assert on_top(column.id) == cards_of(column.id)[0].rank - ROOM


def test_of_two_who_lay_cards_at_once_the_second_knows_what_the_first_did(app, column, card):
    laid, go_on = Event(), Event()
    db.session.commit()

    def lay(number):
        with app.app_context():
            card(number).lie_below(4)
            db.session.flush()
            if not laid.is_set():
                laid.set()
                go_on.wait(PATIENCE)
            db.session.commit()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(lay, 2)
        assert laid.wait(PATIENCE)
        second = pool.submit(lay, 1)
        until(lambda: second.done() or somebody_waits())
        go_on.set()
        first.result()
        second.result()
    assert order(column) == [4, 1, 2, 3]


def somebody_waits():
    """For a lock of PostgreSQL's; on SQLite whoever writes waits anyway."""
    if db.engine.dialect.name == "sqlite":
        return True
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with db.engine.connect() as connection:
        return bool(connection.scalar(text(waiting)))


def test_many_who_lay_cards_at_once_lose_none(app, column, board, owner):
    """With so little room that they have to be spread again and again, while others come and go."""
    for number in range(8):
        board.add_card(str(number), column=column)
    db.session.execute(update(Card).values(rank=Card.number))
    db.session.commit()
    here, there, who = column.id, board.columns[1].id, owner.id
    db.session.commit()

    def work(seed):
        chance = Random(seed)
        for _turn in range(8):
            with app.app_context():
                act(chance)

    def act(chance):
        numbers = range(1, 13)
        card = db.session.scalars(select(Card).filter_by(number=chance.choice(numbers))).one()
        by = db.session.get_one(type(owner), who)
        if card.laid:
            below, away = chance.choice(numbers), card.board.column(there)
            ways = (card.rise, card.sink, lambda: card.lie_below(below), lambda: card.triage_into(away, by))
            chance.choice(ways)()
        else:
            card.triage_below(chance.choice(numbers), card.board.column(here), by)
        db.session.commit()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, seed) for seed in range(4)]:
            done.result()
    lying = order(column)
    elsewhere = db.session.scalars(select(Card.number).where(Card.column_id == there)).all()
    assert sorted([*lying, *elsewhere]) == [*range(1, 13)]
    assert db.session.scalars(misplaced()).all() == []
