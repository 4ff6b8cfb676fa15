"""Columns: their order, their colours, and what becomes of cards when one goes."""

from itertools import pairwise

import pytest

from host.db import db
from host.errors import Invalid, NotFound
from host.models import Account, Board, Column, Event, Place
from host.models.user import HUES


def names(board: Board) -> list[str]:
    db.session.expire_all()
    return [column.name for column in board.columns]


def test_a_new_column_stands_at_the_right_end_whatever_went_before(board, owner):
    for name in ("Ready", "Sent"):
        board.add_column(name)
    assert names(board) == ["Writing", "Checking", "Ready", "Sent"]
    board.columns[0].delete(by=owner)
    board.columns[0].delete(by=owner)
    board.add_column("Last")
    assert names(board) == ["Ready", "Sent", "Last"]


def test_columns_side_by_side_have_different_colours(owner):
    board = Board.create("Wide", by=owner, columns=[str(n) for n in range(len(HUES) + 2)])
    hues = [column.hue for column in board.columns]
    assert all(left != right for left, right in pairwise(hues))
    assert set(hues) == set(HUES)


def test_a_column_has_the_colour_that_was_asked_for(board):
    assert board.add_column("Ready", hue="rust").hue == "rust"


@pytest.mark.parametrize(
    ("name", "hue", "field"), [("", "moss", "name"), ("x" * 121, "moss", "name"), ("A", "red", "hue")]
)
def test_a_name_or_colour_that_is_none_is_refused(board, owner, name, hue, field):
    writing = board.columns[0]
    for attempt in (lambda: writing.change({"name": name, "hue": hue}, by=owner), lambda: board.add_column(name, hue)):
        with pytest.raises(Invalid) as refused:
            attempt()
        assert list(refused.value.errors) == [field]
    assert (writing.name, names(board)) == ("Writing", ["Writing", "Checking"])


def test_a_column_is_looked_for_on_its_own_board(board):
    eve = Account.open("Forest", owner_name="Eve", email=None)
    foreign = Board.create("Trees", by=eve, columns=["Oaks"]).columns[0]
    assert board.column(board.columns[1].id).name == "Checking"
    for id_ in (foreign.id, 12345):
        with pytest.raises(NotFound):
            board.column(id_)


def test_cards_of_a_column_that_goes_fall_into_maybe_with_their_age(board, owner, member, travel):
    writing, checking = board.columns
    working, done, other = (board.add_card(title, column=writing) for title in ("Working", "Done", "Other"))
    done.close(owner)
    other.triage_into(checking, owner)
    ages = {card: card.last_active_at for card in (working, done, other)}
    travel(days=9)
    writing.delete(by=member)
    db.session.commit()
    assert (working.place, working.column) == (Place.MAYBE, None)
    assert (done.place, done.column) == (Place.DONE, None)
    assert (other.place, other.column) == (Place.COLUMN, checking)
    assert {card: card.last_active_at for card in ages} == ages
    done.reopen(owner)
    assert done.place is Place.MAYBE


def test_the_board_remembers_a_column_that_went_and_its_cards_have_no_event(board, owner, member):
    card = board.add_card("Working", column=board.columns[0])
    board.columns[0].delete(by=member)
    db.session.commit()
    assert names(board) == ["Checking"]
    assert db.session.scalars(db.select(Column.name)).all() == ["Checking"]
    event = db.session.scalars(db.select(Event).filter_by(kind="column_deleted")).one()
    assert (event.board_id, event.creator, event.particulars) == (board.id, member, {"column": "Writing"})
    assert db.session.scalars(db.select(Event.kind).filter_by(card_id=card.id)).all() == ["card_published"]


def test_a_column_of_many_cards_goes_with_two_statements(board, owner, statements):
    writing = board.columns[0]
    for number in range(20):
        board.add_card(str(number), column=writing)
    db.session.commit()
    with statements() as seen:
        writing.delete(by=owner)
        db.session.commit()
    assert len([each for each in seen if each.startswith("UPDATE card")]) == 2
