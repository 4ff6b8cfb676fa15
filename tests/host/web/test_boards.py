"""Making and naming boards and columns."""

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Board, Column, Place
from host.models.user import HUES
from tests.host.web.page import Page

NO_NAMES = ["", " \n ", "x" * 121, "\x00"]


def test_a_board_is_made_with_two_columns(read, submit, client, owner):
    answer = submit(read("/boards"), "/boards", name=" Kitchen  garden ")
    board = db.session.scalars(select(Board)).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/boards/{board.id}")
    assert (board.name, board.creator) == ("Kitchen garden", owner)
    assert [column.name for column in board.columns] == ["In progress", "Waiting"]
    assert client.get("/").headers["Location"] == f"/boards/{board.id}"


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_refused_board_leaves_what_was_typed(read, submit, board, name):
    answer = submit(read("/boards"), "/boards", name=name)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.one("input", id="f-name")["value"] == name
    assert page.said["f-name-errors"] == "A name has 1 to 120 characters."
    assert page.one("a", href=f"/boards/{board.id}", class_="title")
    assert db.session.scalars(select(Board.name)).all() == ["Launch"]


def test_the_list_says_how_full_each_board_is(read, board, owner):
    cards = [board.add_card(str(number)) for number in range(5)]
    cards[0].triage_into(board.columns[0], owner)
    cards[1].close(owner)
    cards[2].postpone(owner)
    db.session.commit()
    Board.create("Second", by=owner)
    words = read("/boards").words
    assert "Launch 3 awake · 1 resting · 1 done" in words
    assert "Second 0 awake" in words


def test_a_column_is_added_at_the_end(read, submit, browser, board, member):
    answer = submit(read(f"/boards/{board.id}"), f"/boards/{board.id}/columns", name="Ready")
    db.session.expire_all()
    assert answer.headers["Location"] == f"/boards/{board.id}#col-{board.columns[-1].id}"
    browser(member).post(f"/boards/{board.id}/columns", data={"name": "Out"})
    db.session.expire_all()
    assert [column.name for column in board.columns] == ["Writing", "Checking", "Ready", "Out"]


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_refused_column_comes_back_on_a_page_of_its_own(read, submit, board, name):
    answer = submit(read(f"/boards/{board.id}"), f"/boards/{board.id}/columns", name=name)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.one("input", id="f-name")["value"] == name
    assert page.said["f-name-errors"] == "A name has 1 to 120 characters."
    again = submit(page, f"/boards/{board.id}/columns", name="Ready", hue="rust")
    assert again.status_code == 303
    db.session.expire_all()
    assert [(column.name, column.hue) for column in board.columns][2:] == [("Ready", "rust")]


def test_a_column_changes_name_and_colour(read, submit, board):
    column = board.columns[0]
    edit = read(f"/boards/{board.id}").one("a", aria_label="Edit Writing")["href"]
    page = read(edit)
    form = page.form(f"/boards/{board.id}/columns/{column.id}")
    assert (form.values["name"], form.values["hue"]) == ("Writing", column.hue)
    hue = next(hue for hue in HUES if hue != column.hue)
    answer = submit(page, form.action, name="Weaving", hue=hue)
    assert answer.headers["Location"] == f"/boards/{board.id}"
    db.session.expire_all()
    assert (column.name, column.hue) == ("Weaving", hue)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"name": name}, "name") for name in NO_NAMES]
    + [
        ({"name": "x", "hue": "red;"}, "hue"),
        ({"name": "x", "cap": "0"}, "cap"),
        ({"name": "x", "cap": "many"}, "cap"),
        ({"name": "x", "cap": "9" * 40}, "cap"),
    ],
)
def test_a_refused_change_of_a_column_comes_back(read, submit, board, typed, field):
    column = board.columns[0]
    was = column.hue
    address = f"/boards/{board.id}/columns/{column.id}"
    answer = submit(read(f"{address}/edit"), address, **typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.one("input", id="f-name")["value"] == typed["name"]
    assert page.said[f"f-{field}-errors"]
    db.session.expire_all()
    assert (column.name, column.hue) == ("Writing", was)


def test_a_column_goes_and_its_cards_lie_in_maybe(client, read, submit, board, owner):
    column = board.columns[0]
    address = f"/boards/{board.id}/columns/{column.id}"
    assert "No card lies in this column." in read(f"{address}/edit").words
    card = board.add_card("x", column=column)
    board.add_card("y", column=column).close(owner)
    db.session.commit()
    page = read(f"{address}/edit")
    assert "Without this column its 2 cards go back to Maybe?, with their age." in page.words
    answer = submit(page, f"{address}/delete")
    assert answer.headers["Location"] == f"/boards/{board.id}"
    assert "Writing is gone. Its cards lie in Maybe?." in client.get(f"/boards/{board.id}").text
    db.session.expire_all()
    assert (card.place, db.session.scalars(select(Column.name)).all()) == (Place.MAYBE, ["Checking"])
    assert client.post(f"{address}/delete").status_code == 404


def test_a_column_is_found_below_its_own_board_alone(client, board, owner):
    other = Board.create("Second", by=owner, columns=["Writing"])
    db.session.commit()
    address = f"/boards/{board.id}/columns/{other.columns[0].id}"
    assert client.get(f"{address}/edit").status_code == 404
    assert client.post(address, data={"name": "x"}).status_code == 404
    assert client.post(f"{address}/delete").status_code == 404
