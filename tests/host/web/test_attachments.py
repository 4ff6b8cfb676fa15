"""Files on the card's page, and who gets them."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from host.db import db
from host.models import Board
from host.models.attachment import Attachment
from tests.host.web.conftest import HTMX
from tests.host.web.page import Page


@pytest.fixture
def drawn():
    def png():
        Image.new("RGB", (4, 3)).save(written := BytesIO(), "PNG")
        written.seek(0)
        return written

    return png


@pytest.fixture
def bring(client):
    """bring("a.txt", stream): the answer to a file that is put on card 1."""

    def send(*files, **more):
        data = {"file": [(stream, name) for name, stream in files]}
        return client.post("/cards/1/files", data=data, content_type="multipart/form-data", **more)

    return send


def got(client, address):
    with client.get(address) as answer:
        return answer.status_code, answer.headers.get("Content-Disposition")


def test_files_are_brought_listed_and_removed(client, read, bring, card, drawn):
    answer = bring(("trees.txt", BytesIO(b"oak")), ("oak.png", drawn()))
    assert answer.headers["Location"] == "/cards/1#files"
    page = read("/cards/1")
    assert "trees.txt" in page.said["files"]
    assert page.one("img", src="/cards/1/files/2")["width"] == "4"
    assert got(client, "/cards/1/files/1") == (200, "attachment; filename=trees.txt")
    assert got(client, "/cards/1/files/2") == (200, "inline; filename=oak.png")
    assert client.get("/cards/1/files/2/small").status_code == 404
    assert client.post("/cards/1/files/1/delete").status_code == 303
    assert client.get("/cards/1/files/1").status_code == 404
    assert "trees.txt" not in read("/cards/1").said["files"]


def test_a_script_that_pastes_gets_markdown_which_is_then_shown(client, read, bring, card, drawn):
    answer = bring(("a]b[.png", drawn()), ("trees.txt", BytesIO(b"oak")), headers=HTMX)
    assert answer.status_code == 201
    assert answer.text == "![a)b(.png](/cards/1/files/1)\n[trees.txt](/cards/1/files/2)"
    client.post("/cards/1/comments", data={"body": answer.text})
    page = read("/cards/1")
    (image,) = [each for each in page.all("img", src="/cards/1/files/1") if each.get("alt")]
    assert (image["alt"], image["width"], image["height"]) == ("a)b(.png", "4", "3")
    assert len(page.all("a", href="/cards/1/files/2")) == 2


def test_pictures_from_elsewhere_are_never_loaded(client, read, board, bring, card, drawn):
    bring(("oak.png", drawn()))
    board.add_card("Other")
    db.session.commit()
    for body in ("![x](https://example.org/x.png)", "![x](/cards/1/files/1)", "![x](/session/delete)"):
        client.post("/cards/2/comments", data={"body": body})
    assert read("/cards/2").all("img") == []


@pytest.mark.parametrize("name", ["empty", "broken", "none"])
def test_what_cannot_be_taken_in_is_said(client, bring, card, name):
    def sent():
        files = {"empty": ("a.txt", b""), "broken": ("a.png", b"\x89PNG\r\n\x1a\nxx")}
        return [(files[name][0], BytesIO(files[name][1]))] if name in files else []

    answer = bring(*sent())
    assert answer.status_code == 422
    assert Page(answer.text).said["file-errors"]
    assert bring(*sent(), headers=HTMX).mimetype == "text/plain"
    assert db.session.scalars(select(Attachment)).all() == []


def test_a_cover_stands_on_the_board_and_the_card(client, read, board, bring, card, drawn):
    bring(("oak.png", drawn()), ("trees.txt", BytesIO(b"oak")))
    assert client.post("/cards/1/files/2/cover").status_code == 422
    assert client.post("/cards/1/files/1/cover").status_code == 303
    image = read(f"/boards/{board.id}").one("img", src="/cards/1/files/1")
    assert (image["width"], image["height"]) == ("4", "3")
    assert read("/cards/1").all("a", class_="cover")
    client.post("/cards/1/cover/delete")
    assert read(f"/boards/{board.id}").all("img", src="/cards/1/files/1") == []


def test_a_file_that_is_removed_can_be_brought_back_with_its_place(client, read, submit, bring, card, drawn):
    bring(("oak.png", drawn()), ("elm.png", drawn()))
    client.post("/cards/1/files/1/cover")
    client.post("/cards/1/files/1/delete")
    page = read("/cards/1")
    assert "oak.png is gone." in page.said["toasts"]
    assert "oak.png" not in page.said["files"]
    assert client.get("/cards/1/files/1").status_code == 404
    undo = "/cards/1/files/1/restoration?cover=1"
    assert submit(page, undo).headers["Location"] == "/cards/1#files"
    assert got(client, "/cards/1/files/1")[0] == 200
    assert read("/cards/1").one("a", class_="cover")["href"] == "/cards/1/files/1"
    for address in ("/cards/1/files/1/delete", "/cards/1/files/2/cover", undo):
        client.post(address)
    assert read("/cards/1").one("a", class_="cover")["href"] == "/cards/1/files/2"
    assert client.post(undo).status_code == 404


def test_a_file_that_finds_no_room_stays_away(client, bring, card, monkeypatch):
    bring(("oak.txt", BytesIO(b"oak")), ("elm.txt", BytesIO(b"elm")))
    client.post("/cards/1/files/1/delete")
    monkeypatch.setattr("host.models.card.attachable.MOST_FILES", 1)
    answer = client.post("/cards/1/files/1/restoration")
    assert answer.status_code == 422
    assert Page(answer.text).said["file-errors"] == "A card has at most 1 files."


def test_a_cover_that_is_taken_away_can_be_put_back(client, read, submit, bring, card, drawn):
    bring(("oak.png", drawn()))
    client.post("/cards/1/files/1/cover")
    client.post("/cards/1/cover/delete")
    page = read("/cards/1")
    assert "The cover is gone." in page.said["toasts"]
    toast, _button = [form for form in page.forms if form.action == "/cards/1/files/1/cover"]
    assert client.post(toast.action).status_code == 303
    assert read("/cards/1").all("a", class_="cover")
    for _twice in range(2):
        client.post("/cards/1/cover/delete")
    assert read("/cards/1").said["toasts"].count("The cover is gone.") == 1


def test_only_who_sees_the_card_gets_its_files(browser, board, member, stranger, owner, drawn):
    closed = Board.create("Closed", by=owner, all_access=False).add_card("Secret")
    draft = board.draft(owner)
    for card in (closed, draft):
        card.attach(drawn(), "oak.png", owner)
    db.session.commit()
    for card in (closed, draft):
        address = f"/cards/{card.number}/files/{card.attachments[0].id}"
        assert got(browser(owner), address)[0] == 200
        for person in (member, stranger):
            assert browser(person).get(address).status_code == 404
            for end in ("delete", "restoration"):
                assert browser(person).post(f"{address}/{end}").status_code == 404
