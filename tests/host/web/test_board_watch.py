"""Watching a board, and who does."""

import pytest

from host.db import db
from host.models import Board


@pytest.fixture
def address(board):
    return f"/boards/{board.id}/watch"


def test_one_watches_a_board_or_not(read, submit, board, owner, address):
    page = read(f"/boards/{board.id}")
    assert page.one("button", id="board-watch")["aria-pressed"] == "true"
    answer = submit(page, f"{address}/delete")
    assert answer.headers["Location"] == f"/boards/{board.id}"
    assert not board.watched_by(owner)
    page = read(f"/boards/{board.id}")
    assert page.one("button", id="board-watch")["aria-pressed"] == "false"
    assert "Nobody watches this board." in page.said["board-watchers"]
    submit(page, address)
    assert board.watched_by(owner)


def test_the_board_says_who_watches_it(read, browser, board, member, address):
    assert browser(member).post(address).status_code == 303
    page = read(f"/boards/{board.id}")
    assert page.one("button", popovertarget="board-watchers")["aria-label"] == "2 people watch this board"
    assert page.said["board-watchers"] == "Watching Watching this board AF Ada Field BH Ben Hollow"


def test_one_watches_from_the_list_of_boards(read, submit, board, owner, member, address):
    Board.create("Second", by=member)
    db.session.commit()
    page = read("/boards")
    buttons = page.all("button")
    named = [each for each in buttons if {"aria-label", "aria-pressed"} <= {*each}]
    pressed = {each["aria-label"]: each["aria-pressed"] for each in named}
    assert (pressed["Watch Launch"], pressed["Watch Second"]) == ("true", "false")
    answer = submit(page, f"{address}/delete")
    assert answer.headers["Location"] == "/boards"
    assert not board.watched_by(owner)


def test_nobody_watches_what_they_do_not_see(browser, board, owner, member, address):
    board.open_to([owner], by=owner)
    db.session.commit()
    assert browser(member).post(address).status_code == 404
