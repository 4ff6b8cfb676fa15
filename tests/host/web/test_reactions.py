"""Reactions on the card's page."""

import pytest

from host.db import db
from tests.host.web.page import Page


@pytest.fixture
def said(card, member):
    comment = card.comment("Done?", member)
    db.session.commit()
    return comment


def pressed(page):
    buttons = [each for each in page.all("button") if each.get("id", "").startswith("react-")]
    return [(each["title"], each["aria-pressed"]) for each in buttons]


def test_one_is_given_seen_and_taken_back(browser, said, owner, member):
    ben, ada = browser(member), browser(owner)
    where = "/cards/1/reactions"
    assert ben.post(where, data={"content": "👍"}).headers["Location"] == "/cards/1#card"
    answer = ada.post(where, data={"content": "👍", "comment": str(said.id)})
    assert answer.headers["Location"] == f"/cards/1#comment-{said.id}"
    ada.post(where, data={"content": "👍"})
    page = Page(ada.get("/cards/1").text)
    assert pressed(page) == [("Ben Hollow, Ada Field", "true"), ("Ada Field", "true")]
    assert pressed(Page(ben.get("/cards/1").text)) == [("Ben Hollow, Ada Field", "true"), ("Ada Field", "false")]
    mine = [form.action for form in page.forms if form.action.endswith("/delete") and "/reactions/" in form.action]
    assert ben.post(mine[0]).status_code == 403
    assert ada.post(mine[0]).status_code == 303
    assert pressed(Page(ada.get("/cards/1").text))[0] == ("Ben Hollow", "false")


def test_one_that_is_taken_back_can_be_given_again(browser, card, said, owner, member, travel):
    ben = browser(member)
    reaction = card.react("👍", member, comment=said)
    db.session.commit()
    ben.post(f"/cards/1/reactions/{reaction.id}/delete", data={"comment": said.id})
    page = Page(ben.get("/cards/1").text)
    assert pressed(page) == []
    assert "Your reaction is gone." in page.said["toasts"]
    undo = page.form(f"/cards/1/reactions/{reaction.id}/restoration").action
    assert browser(owner).post(undo).status_code == 403
    assert ben.post(undo).headers["Location"] == f"/cards/1#comment-{said.id}"
    assert pressed(Page(ben.get("/cards/1").text)) == [("Ben Hollow", "true")]
    assert ben.post(undo).status_code == 404


def test_one_too_many_is_not_given_again(client, card, owner, monkeypatch):
    gone = card.react("no", owner)
    card.take_reaction_back(gone.id, owner)
    card.react("yes", owner)
    db.session.commit()
    monkeypatch.setattr("host.models.card.reactable.MOST_REACTIONS", 1)
    answer = client.post(f"/cards/1/reactions/{gone.id}/restoration")
    assert answer.status_code == 422
    assert "You said enough here: 1 reactions." in Page(answer.text).said["toasts"]


def test_a_refused_one_stays_in_its_form(client, said):
    for to in ({}, {"comment": str(said.id)}):
        answer = client.post("/cards/1/reactions", data={"content": "x" * 17, **to})
        page = Page(answer.text)
        assert answer.status_code == 422
        at = to.get("comment", "card")
        assert page.said[f"reaction-{at}-errors"] == "A reaction has 1 to 16 characters."
        assert page.one("input", id=f"reaction-{at}")["value"] == "x" * 17
        assert len([each for each in page.all("details", class_="react") if "open" in each]) == 1


def test_only_what_is_there_takes_a_reaction(client, board, said):
    board.add_card("Other")
    db.session.commit()
    assert client.post("/cards/2/reactions", data={"content": "x", "comment": str(said.id)}).status_code == 404
    assert client.post("/cards/1/reactions", data={"content": "x", "comment": "word"}).status_code == 422
    assert client.post("/cards/1/reactions/99/delete").status_code == 404


def test_words_of_others_are_never_markup(client, read, card):
    client.post("/cards/1/reactions", data={"content": "<b>x</b>"})
    assert "<b>x</b>" not in read("/cards/1").html
