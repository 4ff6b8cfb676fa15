"""Boards in the archive: out of the way, read and not changed, and brought back."""

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Board, Event
from tests.host.web.page import Page


@pytest.fixture
def archived(board, card, owner):
    """Ada's board with a card, laid aside."""
    board.archive(by=owner)
    db.session.commit()
    return board


def test_a_board_is_laid_in_the_archive_and_brought_back(read, submit, client, board, card):
    address = f"/boards/{board.id}/archival"
    assert read("/boards").all("a", href="/archive") == []
    answer = submit(read(f"/boards/{board.id}/edit"), address)
    assert answer.headers["Location"] == "/boards"
    page = read("/boards")
    assert "Launch lies in the archive." in page.said["toasts"]
    assert page.all("a", href=f"/boards/{board.id}") == []
    assert "1 board in the archive" in page.words
    archive = read(page.one("a", href="/archive")["href"])
    assert archive.one("a", href=f"/boards/{board.id}", class_="title")
    answer = submit(archive, f"{address}/delete")
    assert answer.headers["Location"] == f"/boards/{board.id}"
    assert read("/boards").one("a", href=f"/boards/{board.id}", class_="title")
    kinds = db.session.scalars(select(Event.kind).filter_by(board_id=board.id, card_id=None).order_by(Event.id))
    assert kinds.all() == ["board_created", "board_archived", "board_unarchived"]


def test_it_is_read_and_says_so(read, archived, card):
    page = read(f"/boards/{archived.id}")
    assert "This board is in the archive" in page.words
    assert card.title in page.words
    posts = {form.action for form in page.forms if form.action.startswith(f"/boards/{archived.id}/")}
    folds = {action for action in posts if "/folds/" in action}
    assert posts - folds == {f"/boards/{archived.id}/archival/delete"}
    assert "This board is in the archive" in read(f"/cards/{card.number}").words


@pytest.mark.parametrize(
    "what",
    [
        "boards/{board}",
        "boards/{board}/cards",
        "boards/{board}/columns",
        "boards/{board}/columns/{column}",
        "boards/{board}/columns/{column}/delete",
        "boards/{board}/columns/{column}/position",
        "boards/{board}/publication",
        "boards/{board}/watch",
        "boards/{board}/template",
        "boards/{board}/archival",
        "cards/{card}",
        "cards/{card}/closure",
        "cards/{card}/comments",
        "cards/{card}/delete",
        "cards/{card}/postponement",
        "cards/{card}/triage",
    ],
)
def test_nothing_on_it_changes(client, archived, card, what):
    log = select(Event.id)
    before = db.session.scalars(log).all()
    address = what.format(board=archived.id, card=card.number, column=archived.columns[0].id)
    data = {"title": "x", "name": "x", "body": "x", "position": 1, "column": archived.columns[0].id}
    answer = client.post(f"/{address}", data=data)
    assert answer.status_code == 403
    assert "This board is in the archive. Bring it back to change it." in answer.text
    db.session.expire_all()
    assert db.session.scalars(log).all() == before


def test_how_one_looks_at_it_is_ones_own(client, archived):
    assert client.post(f"/boards/{archived.id}/folds/done", data={"folded": "0"}).status_code == 303


def test_it_is_copied_and_deleted_from_there(client, archived):
    assert client.post(f"/boards/{archived.id}/copies", data={"name": "Again"}).status_code == 303
    assert client.post(f"/boards/{archived.id}/deletion").status_code == 303
    assert db.session.scalars(select(Board.name)).all() == ["Again"]


def test_only_who_runs_it_brings_it_back(browser, archived, member):
    ben = browser(member)
    assert ben.post(f"/boards/{archived.id}/archival/delete").status_code == 403
    archive = Page(ben.get("/archive").text)
    assert archive.one("a", href=f"/boards/{archived.id}", class_="title")
    assert not [form for form in archive.forms if "archival" in form.action]


def test_who_does_not_see_a_board_does_not_see_it_in_the_archive(browser, archived, owner, member, board):
    archived.unarchive(by=owner)
    archived.open_to([owner], by=owner)
    archived.archive(by=owner)
    db.session.commit()
    ben = browser(member)
    assert "Launch" not in ben.get("/archive").text
    assert ben.get(f"/boards/{archived.id}").status_code == 404
    assert ben.post(f"/boards/{archived.id}/archival/delete").status_code == 404


def test_by_the_api_it_leaves_the_lists(program, owner, board, card):
    ask = program(owner)
    address = f"/boards/{board.id}"
    assert ask("PUT", f"{address}/archival").json["archived_at"]
    assert ask("GET", "/boards").json == []
    assert ask("GET", "/cards").json == []
    assert [each["id"] for each in ask("GET", "/boards?archived=1").json] == [board.id]
    assert ask("GET", f"/cards/{card.number}").status_code == 200
    assert ask("PATCH", f"/cards/{card.number}", {"title": "x"}).status_code == 403
    assert ask("PATCH", address, {"name": "x"}).status_code == 403
    assert ask("DELETE", f"{address}/archival").json["archived_at"] is None
    assert [each["number"] for each in ask("GET", "/cards").json] == [card.number]
