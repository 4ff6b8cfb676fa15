"""Where columns stand, and how many cards are enough in one."""

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Board, Event, Fold


@pytest.fixture
def wide(owner):
    board = Board.create("Wide", by=owner, columns=["A", "B", "C"])
    db.session.commit()
    return board


def order(board):
    db.session.expire_all()
    return "".join(column.name for column in board.columns)


def test_a_column_moves_left_and_right_from_the_boards_menu(read, client, wide):
    page = read(f"/boards/{wide.id}")
    left = {each["data-column"]: each for each in page.all("button", data_shift="left")}
    first, _second, third = wide.columns
    assert ("disabled" in left[str(first.id)], "disabled" in left[str(third.id)]) == (True, False)
    address = f"/boards/{wide.id}/columns/{third.id}/position"
    answer = client.post(address, data={"position": 1})
    assert answer.headers["Location"] == f"/boards/{wide.id}#col-{third.id}"
    assert order(wide) == "ACB"


def test_a_column_moves_from_its_own_page(read, submit, wide):
    middle = wide.columns[1]
    page = read(f"/boards/{wide.id}/columns/{middle.id}/edit")
    moves = [form.values["position"] for form in page.forms if form.action.endswith("/position")]
    assert moves == ["0", "2"]
    last = read(f"/boards/{wide.id}/columns/{wide.columns[2].id}/edit")
    submit(last, f"/boards/{wide.id}/columns/{wide.columns[2].id}/position")
    assert order(wide) == "ACB"


@pytest.mark.parametrize("position", ["", "x", "-1", "9" * 30])
def test_a_place_that_is_none_moves_nothing(client, wide, position):
    address = f"/boards/{wide.id}/columns/{wide.columns[0].id}/position"
    assert client.post(address, data={"position": position}).status_code == 422
    assert order(wide) == "ABC"


def test_beyond_the_end_is_the_end(wide, owner):
    wide.columns[0].move_to(99, by=owner)
    assert order(wide) == "BCA"
    wide.columns[2].move_to(-5, by=owner)
    assert order(wide) == "ABC"
    wide.columns[1].move_to(1, by=owner)
    moved = db.session.scalars(select(Event.particulars).filter_by(kind="column_moved")).all()
    assert [each["column"] for each in moved] == ["A", "A"]


def test_above_its_cap_the_head_of_a_column_warns_and_nothing_is_refused(read, submit, client, wide, owner):
    column = wide.columns[0]
    edit = f"/boards/{wide.id}/columns/{column.id}"
    submit(read(f"{edit}/edit"), edit, cap="1")
    assert read(f"{edit}/edit").one("input", id="f-cap")["value"] == "1"
    client.post(f"/boards/{wide.id}/cards", data={"title": "One", "column": column.id})
    page = read(f"/boards/{wide.id}")
    assert "A 1 /1 of 1 at most" in page.words
    assert "crowded" not in page.words
    client.post(f"/boards/{wide.id}/cards", data={"title": "Two", "column": column.id})
    assert "crowded" in read(f"/boards/{wide.id}").words
    Fold.set(owner, wide, str(column.id), folded=True)
    db.session.commit()
    assert "crowded" in read(f"/boards/{wide.id}").words
    submit(read(f"{edit}/edit"), edit, cap="")
    assert column.cap is None
    assert "crowded" not in read(f"/boards/{wide.id}").words


def test_what_changed_of_a_column_is_in_the_log(read, submit, wide):
    edit = f"/boards/{wide.id}/columns/{wide.columns[0].id}"
    submit(read(f"{edit}/edit"), edit, name="Z", cap="4")
    event = db.session.scalars(select(Event).filter_by(kind="column_changed")).one()
    assert event.particulars == {
        "column": "Z",
        "column_id": wide.columns[0].id,
        "old_name": "A",
        "old_cap": None,
    }
