"""Cards that lie where they were put, on pages."""

import json
import re

import pytest

from host.db import db
from host.models import Card
from tests.host.web.conftest import HTMX
from tests.host.web.page import Page


@pytest.fixture
def laid(board, owner):
    """Writing, ordered by hand: Oats, Rye and Wheat from the top, with the numbers 3, 2 and 1."""
    for title in ("Wheat", "Rye", "Oats"):
        board.add_card(title, column=board.columns[0])
    board.columns[0].change({"order": "hand"}, by=owner)
    db.session.commit()
    return board.columns[0]


def titles(page, column):
    return re.findall("Wheat|Rye|Oats", page.said[f"cards-{column.id}"])


def test_the_order_is_chosen_on_the_columns_page(read, submit, board):
    column = board.columns[0]
    edit = f"/boards/{board.id}/columns/{column.id}"
    page = read(f"{edit}/edit")
    assert page.form(edit).values["order"] == "touched"
    submit(page, edit, order="hand")
    assert column.by_hand
    assert read(f"{edit}/edit").form(edit).values["order"] == "hand"
    submit(read(f"{edit}/edit"), edit, name="Ready")
    assert column.by_hand
    answer = submit(read(f"{edit}/edit"), edit, order="size", name="Kept")
    assert answer.status_code == 422
    assert "The order is" in answer.text
    assert Page(answer.text).form(edit).values["name"] == "Kept"
    assert (column.by_hand, column.name) == (True, "Ready")


def test_a_card_is_laid_on_the_board(read, client, board, laid):
    client.post("/cards/3/position", data={"below": "2"})
    page = read(f"/boards/{board.id}")
    assert titles(page, laid) == ["Rye", "Oats", "Wheat"]
    assert "data-by-hand" in page.one("ol", id=f"cards-{laid.id}")
    assert "data-by-hand" not in page.one("ol", id=f"cards-{board.columns[1].id}")
    client.post("/cards/1/position", data={"below": ""})
    assert titles(read(f"/boards/{board.id}"), laid) == ["Wheat", "Rye", "Oats"]


def test_who_asks_for_another_order_sees_that(read, client, board, laid):
    client.post("/cards/1/position", data={"below": ""})
    page = read(f"/boards/{board.id}?sort=newest")
    assert titles(page, laid) == ["Oats", "Rye", "Wheat"]
    assert "data-by-hand" not in page.one("ol", id=f"cards-{laid.id}")
    assert titles(read(f"/boards/{board.id}?q=e"), laid) == ["Wheat", "Rye"]


def test_the_board_is_told_in_one_column_and_in_words(client, board, laid):
    for way, place in (("up", 2), ("up", 1), ("down", 2)):
        answer = client.post(f"/cards/1/position/{way}", headers=HTMX)
        assert json.loads(answer.headers["HX-Trigger"]) == {"announce": f"Card 1: now {place} of 3 from the top."}
        assert [each["id"] for each in Page(answer.text).all("section")] == [f"col-{laid.id}"]


def test_a_card_comes_from_elsewhere_into_its_place(read, client, board, laid):
    board.add_card("Barley")
    db.session.commit()
    client.post("/cards/4/triage", data={"column": laid.id, "below": "3"})
    page = read(f"/boards/{board.id}")
    assert re.findall("Wheat|Rye|Oats|Barley", page.said[f"cards-{laid.id}"]) == ["Oats", "Barley", "Rye", "Wheat"]
    client.post("/cards/4/triage", data={"column": board.columns[1].id, "below": "3"})
    assert db.session.get_one(Card, 4).column is board.columns[1]


def test_without_scripts_there_are_buttons(read, submit, laid, board):
    page = read("/cards/1")
    answer = submit(page, "/cards/1/position/up")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cards/1")
    assert titles(read(f"/boards/{board.id}"), laid) == ["Oats", "Wheat", "Rye"]
    submit(page, "/cards/1/position/down")
    assert titles(read(f"/boards/{board.id}"), laid) == ["Oats", "Rye", "Wheat"]


def test_where_cards_lie_by_themselves_there_are_none(read, client, card):
    assert "/position" not in read("/cards/1").html
    for way in ("", "/up", "/down"):
        assert client.post(f"/cards/1/position{way}").status_code == 409


@pytest.mark.parametrize("below", ["x", "-1", "9" * 40, "2" * 400])
def test_below_what_there_is_not_is_on_top(read, client, board, laid, below):
    assert client.post("/cards/1/position", data={"below": below}).status_code == 303
    assert titles(read(f"/boards/{board.id}"), laid) == ["Wheat", "Oats", "Rye"]


def test_the_rest_comes_in_the_same_order_as_one_scrolls(client, read, board, owner):
    column = board.columns[0]
    column.change({"order": "hand"}, by=owner)
    for number in range(300):
        board.add_card(f"Card {number:03}", column=column)
    db.session.commit()
    client.post("/cards/1/position", data={"below": "300"})
    seen = re.findall(r"Card \d{3}", read(f"/boards/{board.id}").said[f"cards-{column.id}"])
    for after in (16, 266):
        more = client.get(f"/boards/{board.id}/columns/{column.id}/cards?after={after}")
        seen += re.findall(r"Card \d{3}", Page(more.text).words)
    assert seen == [f"Card {number:03}" for number in (299, 0, *range(298, 0, -1))]


def test_a_card_that_goes_far_down_is_shown_there(client, board, owner):
    column = board.columns[0]
    column.change({"order": "hand"}, by=owner)
    for number in range(60):
        board.add_card(f"Card {number:03}", column=column)
    db.session.commit()

    def shown(address, **typed):
        return re.findall(r"Card \d{3}", Page(client.post(address, data=typed, headers=HTMX).text).words)

    assert shown("/cards/36/position/down") == [f"Card {number:03}" for number in (*range(59, 35, -1), 34, 35)]
    assert len(shown("/cards/60/position", below="30")) == 31
    assert len(shown("/cards/2/position/up")) == 58


def test_anybody_sees_the_same_order(app, client, board, laid, owner):
    key = board.publish(by=owner).key
    db.session.commit()
    client.post("/cards/1/position", data={"below": "3"})
    public = Page(app.test_client().get(f"/public/boards/{key}").text)
    assert re.findall("Wheat|Rye|Oats", public.said[f"col-{laid.id}"]) == ["Oats", "Wheat", "Rye"]


def test_it_takes_no_statement_more(statements, client, board, laid, owner):
    def taken():
        with statements() as seen:
            assert client.get(f"/boards/{board.id}").status_code == 200
        return len(seen)

    taken()
    by_hand = taken()
    laid.change({"order": "touched"}, by=owner)
    db.session.commit()
    assert taken() == by_hand
