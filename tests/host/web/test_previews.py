"""What becomes of Markdown, before it is saved."""

import pytest

from host.db import db
from host.models import Board
from tests.host.web.page import Page


@pytest.fixture
def seen(client):
    """seen("/cards/1", "**a**"): the answer's HTML."""

    def ask(address, text):
        answer = client.post(f"{address}/preview", data={"text": text})
        assert answer.status_code == 200
        assert "<html" not in answer.text
        return answer.text

    return ask


def test_it_is_what_the_card_will_show(client, seen, board, card, member):
    board.add_card("Oil the gate")
    db.session.commit()
    text = "**Ask** @ben-hollow of #2 and #99\n\n- [ ] <b>x</b> ![x](https://example.org/x.png)"
    shown = seen("/cards/1", text)
    assert '<span class="mention" title="Ben Hollow">@ben-hollow</span> of <a href="/cards/2"' in shown
    client.post("/cards/1", data={"title": "Cut", "description": text})
    body = client.get("/cards/1").text
    inner = shown.partition(">")[2].rpartition("</div>")[0].strip()
    assert inner in body
    assert "/cards/99" not in shown


def test_a_boards_description_too(seen, board):
    assert "<em>corn</em>" in seen(f"/boards/{board.id}", "*corn*")


def test_nothing_is_kept_and_an_empty_text_says_so(seen, card, owner):
    assert "Nothing is written yet." in Page(seen("/cards/1", "")).words
    seen("/cards/1", "x")
    db.session.expire_all()
    assert card.description == ""


def test_only_for_who_sees_the_place(browser, owner, member):
    closed = Board.create("Ada's own", by=owner, all_access=False)
    card, draft = closed.add_card("Secret", by=owner), closed.draft(owner)
    db.session.commit()
    for address in (f"/boards/{closed.id}", f"/cards/{card.number}", f"/cards/{draft.number}"):
        assert browser(owner).post(f"{address}/preview", data={"text": "x"}).status_code == 200
        assert browser(member).post(f"{address}/preview", data={"text": "x"}).status_code == 404


def test_more_than_any_field_takes_is_refused(client, card):
    assert client.post("/cards/1/preview", data={"text": "x" * 100_001}).status_code == 422
