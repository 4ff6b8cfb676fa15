"""The first page: the only board, or a list of all."""

import pytest

from host import Board, db

pytestmark = pytest.mark.sqlite_only("which page comes first is the same on either database")


def test_the_only_board_is_opened_at_once(client, board):
    assert client.get("/").headers["Location"] == f"/boards/{board.id}"


def test_several_boards_are_listed_in_the_page_and_in_the_switcher(client, board, owner):
    other = Board.create("Second <b>", by=owner, columns=[])
    db.session.commit()
    page = client.get("/").text
    assert page.count(f'href="/boards/{board.id}"') == page.count(f'href="/boards/{other.id}"') == 2
    assert "Second &lt;b&gt;" in page


def test_without_a_board_the_page_says_what_one_is_for(client):
    assert "No board yet" in client.get("/").text
