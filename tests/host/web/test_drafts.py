"""Writing a card at leisure, with and without JavaScript."""

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Card
from tests.host.web.conftest import HTMX
from tests.host.web.page import Page


@pytest.fixture
def draft(board, owner):
    card = board.draft(owner)
    card.jot("Cut the reeds", "By *Sunday*")
    db.session.commit()
    return card


def test_with_details_opens_the_draft_with_what_was_typed(client, read, board):
    typed = {"title": "Cut the reeds", "column": str(board.columns[0].id)}
    answer = client.post(f"/boards/{board.id}/draft", data=typed)
    assert answer.headers["Location"] == "/cards/1"
    page = read("/cards/1")
    assert page.form("/cards/1/publication").values["title"] == "Cut the reeds"
    assert "Writing" in page.words
    again = client.post(f"/boards/{board.id}/draft", data={"title": "Other"}, headers=HTMX)
    assert (again.status_code, again.headers["HX-Redirect"]) == (204, "/cards/1")
    assert read("/cards/1").form("/cards/1/publication").values["title"] == "Cut the reeds"


def test_words_are_kept_while_one_types_and_by_a_button(client, read, draft):
    typed = {"title": "", "description": "Half a thou"}
    assert client.post("/cards/1/draft", data=typed, headers=HTMX).status_code == 204
    values = read("/cards/1").form("/cards/1/publication").values
    assert (values["title"], values["description"]) == ("", "Half a thou")
    assert client.post("/cards/1/draft", data=typed).headers["Location"] == "/cards/1"


def test_it_is_published_with_the_words_in_the_form(client, read, board, draft):
    answer = client.post("/cards/1/publication", data={"title": "Cut the sedge", "description": "Soon"})
    assert answer.headers["Location"] == f"/boards/{board.id}#card-1"
    assert "Cut the sedge" in read(f"/boards/{board.id}").said["col-maybe"]


def test_another_follows_in_the_same_column(client, board, draft):
    board.draft(draft.creator, column=board.columns[0])
    db.session.commit()
    answer = client.post("/cards/1/publication", data={"title": "One", "another": "1"})
    assert answer.headers["Location"] == "/cards/2"
    second = db.session.scalars(select(Card).filter_by(number=2)).one()
    assert (second.drafted, second.column, second.title) == (True, board.columns[0], "")


@pytest.mark.parametrize("where", ["publication", "draft"])
def test_refused_words_stay_in_their_form(client, draft, where):
    answer = client.post(f"/cards/1/{where}", data={"title": "x" * 256, "description": "kept"})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.said["f-title-errors"]
    assert page.form("/cards/1/publication").values["description"] == "kept"


def test_it_is_on_no_page_and_nobody_elses(client, browser, board, draft, member):
    ben = browser(member)
    for reader in (client, ben):
        assert "Cut the reeds" not in reader.get(f"/boards/{board.id}").text
    for answer in (
        ben.get("/cards/1"),
        ben.post("/cards/1/draft", data={"title": "x"}),
        ben.post("/cards/1/publication", data={"title": "x"}),
        ben.post("/cards/1/draft/delete"),
        ben.post("/cards/1/steps", data={"text": "x"}),
        client.post("/cards/1/comments", data={"body": "x"}),
        client.post("/cards/1/goldness"),
        client.post("/cards/1/closure"),
    ):
        assert answer.status_code == 404
    assert draft.title == "Cut the reeds"


def test_it_has_steps_tags_and_assignees_but_no_talk(client, read, draft, member):
    client.post("/cards/1/steps", data={"text": "Sharpen the scythe"})
    client.post("/cards/1/taggings", data={"tag": "garden"})
    client.post("/cards/1/assignments", data={"person": str(member.id)})
    page = read("/cards/1")
    assert "Sharpen the scythe" in page.said["steps"]
    assert "garden" in page.said["tags"]
    assert "Ben Hollow" in page.said["assigned"]
    assert "talk" not in page.said
    assert not page.all("button", id="gilding")


def test_it_is_thrown_away(client, board, draft):
    assert client.post("/cards/1/draft/delete").headers["Location"] == f"/boards/{board.id}"
    assert db.session.scalars(select(Card)).all() == []
    assert client.get("/cards/1").status_code == 404


def test_a_published_card_is_no_draft_any_more(client, card):
    assert client.post("/cards/1/draft", data={"title": "x"}).status_code == 409
    assert client.post("/cards/1/draft/delete").status_code == 409
