"""Marked cards on a board, by a plain form."""

import pytest

from host.db import db
from host.models import Board, BulkAction, Place

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; actions are tested on both")


@pytest.fixture
def cards(board, owner):
    cards = [board.add_card(title, by=owner) for title in ("Sow", "Reap", "Mend")]
    db.session.commit()
    return cards


@pytest.fixture
def do(client, board, cards):
    """`do("close")`: with the first two cards."""

    def send(what, **more):
        numbers = [card.number for card in cards[:2]]
        return client.post(f"/boards/{board.id}/bulk", data={"do": what, "card": numbers, **more})

    return send


def test_cards_have_boxes_of_the_form(read, board, cards):
    page = read(f"/boards/{board.id}?tag=a")
    assert page.form(f"/boards/{board.id}/bulk").values["back"] == f"/boards/{board.id}?tag=a"
    page = read(f"/boards/{board.id}")
    assert {box["value"] for box in page.all("input", form="bulk", name="card")} == {"1", "2", "3"}


@pytest.mark.parametrize(
    ("what", "held"),
    [
        ("close", lambda card, _board: card.place is Place.DONE),
        ("postpone", lambda card, _board: card.place is Place.NOT_NOW),
        ("move:{column}", lambda card, board: card.column is board.columns[1]),
        ("assign:{member}", lambda card, _board: [person.name for person in card.assignees] == ["Ben Hollow"]),
        ("tag", lambda card, _board: [tag.title for tag in card.tags] == ["water"]),
    ],
)
def test_it_is_done_to_those_that_are_marked_and_undone(client, read, do, cards, board, member, what, held):
    names = {"column": board.columns[1].id, "member": member.id}
    answer = do(what.format(**names), tag="Water", back=f"/boards/{board.id}?sort=oldest")
    assert answer.headers["Location"] == f"/boards/{board.id}?sort=oldest"
    assert [held(card, board) for card in cards] == [True, True, False]
    page = read(f"/boards/{board.id}")
    assert "2 cards are changed." in page.said["toasts"]
    done = db.session.scalars(db.select(BulkAction)).one()
    client.post(f"/bulk/{done.id}/undo")
    assert not any(held(card, board) for card in cards)
    assert "2 cards are as they were." in read(f"/boards/{board.id}").said["toasts"]
    client.post(f"/bulk/{done.id}/undo")
    assert "once" in read(f"/boards/{board.id}").said["toasts"]


@pytest.mark.parametrize("what", ["", "burn", "tag"])
def test_what_cannot_be_done_is_said(read, do, board, cards, what):
    assert do(what).status_code == 303
    assert read(f"/boards/{board.id}").said["toasts"] != ""
    assert db.session.query(BulkAction).count() == 0


@pytest.mark.parametrize("what", ["move:4711", "move:x", "move:" + "9" * 30, "move:", "assign:x", "assign:4711"])
def test_nobody_and_nowhere_is_not_found(do, what):
    assert do(what).status_code == 404


def test_only_cards_of_this_board(client, board, cards, owner, member, browser):
    other = Board.create("Other", by=owner)
    db.session.commit()
    answer = client.post(f"/boards/{other.id}/bulk", data={"do": "close", "card": ["1"]})
    assert answer.status_code == 404
    done = BulkAction.close(cards, owner)
    db.session.commit()
    assert browser(member).post(f"/bulk/{done.id}/undo").status_code == 404


def test_no_card_is_marked(read, client, board, cards):
    client.post(f"/boards/{board.id}/bulk", data={"do": "close", "card": ["x", "²"]})
    assert "Mark some cards first" in read(f"/boards/{board.id}").said["toasts"]


def test_in_the_archive_nothing_is_undone_and_one_is_told(client, board, cards, owner):
    done = BulkAction.close(cards, owner)
    board.archive(by=owner)
    db.session.commit()
    answer = client.post(f"/bulk/{done.id}/undo")
    assert answer.status_code == 403
    assert "This board is in the archive." in answer.text
    assert {card.place.value for card in cards} == {"done"}


def test_numbers_that_no_card_has_are_let_be(client, board, cards):
    odd = ["9" * 5000, str(2**70), "-1", "\0"]
    client.post(f"/boards/{board.id}/bulk", data={"do": "close", "card": [*odd, str(cards[0].number)]})
    assert [card.place.value for card in cards].count("done") == 1
