"""Two who edit the same words."""

import pytest

from host.db import db
from host.models import Role
from tests.host.web.page import Page


def test_the_second_is_told_and_loses_nothing(browser, card, owner, member):
    ada, ben = browser(owner), browser(member)
    hers, his = (Page(each.get("/cards/1?edit=1").text).form("/cards/1").values for each in (ada, ben))
    assert ben.post("/cards/1", data={**his, "description": "Ben's <b>words</b>"}).status_code == 303
    answer = ada.post("/cards/1", data={**hers, "title": "Ada's title", "description": "Ada's words"})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "Somebody else changed these words" in page.said["words-errors"]
    assert "Ben's <b>words</b>" in page.said["theirs"]
    values = page.form("/cards/1").values
    assert (values["title"], values["description"]) == ("Ada's title", "Ada's words")
    db.session.expire_all()
    assert (card.title, card.description) == ("Cut the reeds", "Ben's <b>words</b>")
    assert ada.post("/cards/1", data=values).status_code == 303
    db.session.expire_all()
    assert card.description == "Ada's words"


def test_a_refusal_for_another_reason_forgets_nothing_of_it(browser, card, owner, member):
    ada, ben = browser(owner), browser(member)
    form = Page(ada.get("/cards/1?edit=1").text).form("/cards/1").values
    ben.post("/cards/1", data={"title": "Ben's title"})
    refused = Page(ada.post("/cards/1", data={**form, "title": ""}).text).form("/cards/1").values
    again = ada.post("/cards/1", data={**refused, "title": "Ada's title"})
    assert again.status_code == 422
    assert "words-errors" in Page(again.text).said


def test_a_form_without_a_version_is_a_plain_one(client, card):
    assert client.post("/cards/1", data={"title": "A", "description": "B"}).status_code == 303


@pytest.fixture
def settings(board):
    return f"/boards/{board.id}"


def test_of_two_who_change_a_board_the_second_is_told_and_loses_nothing(browser, board, owner, member, settings):
    member.role = Role.ADMIN
    db.session.commit()
    ada, ben = browser(owner), browser(member)
    hers, his = (Page(each.get(f"{settings}/edit").text).form(settings).values for each in (ada, ben))
    assert ben.post(settings, data={**his, "name": "Harvest", "description": "Ben's <b>words</b>"}).status_code == 303
    typed = {"description": "Ada's words", "hue": "sky", "access": "some", "people": str(owner.id)}
    answer = ada.post(settings, data={**hers, **typed})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "Somebody else changed these words" in page.said["words-errors"]
    assert "Harvest" in page.said["theirs"]
    assert "Ben's <b>words</b>" in page.said["theirs"]
    values = page.form(settings).values
    assert {**values, "name": "Launch", **typed} == values
    db.session.expire_all()
    assert (board.name, board.hue, board.all_access) == ("Harvest", "moss", True)
    assert ada.post(settings, data=values).status_code == 303
    db.session.expire_all()
    assert (board.name, board.description, board.hue, board.all_access) == ("Launch", "Ada's words", "sky", False)


def test_what_is_no_word_of_a_board_overtakes_nobody(browser, board, owner, member, settings):
    member.role = Role.ADMIN
    db.session.commit()
    ada, ben = browser(owner), browser(member)
    hers, his = (Page(each.get(f"{settings}/edit").text).form(settings).values for each in (ada, ben))
    ben.post(settings, data={**his, "hue": "sky"})
    assert ada.post(settings, data={**hers, "name": "Harvest"}).status_code == 303
