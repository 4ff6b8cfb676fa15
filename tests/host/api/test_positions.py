"""The order of a column's cards, for programs."""

import pytest

from host.db import db


@pytest.fixture
def column(ada, board):
    """Writing, ordered by hand by a program, with the cards 3, 2 and 1 from the top."""
    for title in ("Wheat", "Rye", "Oats"):
        board.add_card(title, column=board.columns[0])
    db.session.commit()
    address = f"/boards/{board.id}/columns/{board.columns[0].id}"
    assert ada("GET", address).json["order"] == "touched"
    assert ada("PATCH", address, {"order": "hand"}).json["order"] == "hand"
    return board.columns[0].id


@pytest.fixture
def order(ada, column):
    """order(): the numbers of the column's cards as they lie."""
    return lambda: [card["number"] for card in ada("GET", f"/cards?column={column}&sort=by_hand").json]


def test_a_card_is_laid_elsewhere(ada, order):
    assert order() == [3, 2, 1]
    assert ada("PUT", "/cards/3/position", {"below": 1}).json["number"] == 3
    assert order() == [2, 1, 3]
    assert ada("POST", "/cards/1/position", {"below": None}).status_code == 200
    assert order() == [1, 2, 3]
    ada("PUT", "/cards/2/goldness")
    assert order() == [2, 1, 3]


def test_it_is_moved_into_its_place(ada, board, order, column):
    board.add_card("Barley")
    db.session.commit()
    assert ada("PUT", "/cards/4/triage", {"column": column, "below": 3}).json["column"]["id"] == column
    assert order() == [3, 4, 2, 1]
    ada("PUT", "/cards/4/closure")
    ada("PUT", "/cards/4/triage", {"column": column})
    assert order() == [4, 3, 2, 1]


def test_where_cards_lie_by_themselves_it_is_refused(ada, board, column):
    other = board.columns[1]
    board.add_card("Barley", column=other)
    db.session.commit()
    assert ada("PUT", "/cards/4/position", {"below": 1}).status_code == 409
    assert ada("PUT", "/cards/1/triage", {"column": other.id, "below": 4}).status_code == 409
    assert ada("GET", "/cards/1").json["column"]["id"] == column


@pytest.mark.parametrize("sent", [{}, {"below": "x"}, {"below": "1"}, {"above": 1}, {"below": 1.5}])
def test_what_says_no_place_is_refused(ada, column, order, sent):
    assert ada("PUT", "/cards/1/position", sent).status_code == 422
    assert order() == [3, 2, 1]


def test_an_order_that_there_is_not_is_refused(ada, board):
    address = f"/boards/{board.id}/columns"
    assert {*ada("POST", address, {"name": "Ripe", "order": "size"}).json["errors"]} == {"order"}
    made = ada("POST", address, {"name": "Ripe", "order": "hand"}).json
    assert (made["order"], made["cap"]) == ("hand", None)
    assert {*ada("PATCH", f"{address}/{made['id']}", {"order": None}).json["errors"]} == {"order"}
