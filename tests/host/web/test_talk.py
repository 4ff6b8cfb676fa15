"""What stands below a card: comments that one may reword or take back, and the history between them."""

import pytest

from host.db import db
from tests.host.web.page import Page


@pytest.fixture
def said(card, member):
    comment = card.comment("By Sundy", member)
    db.session.commit()
    return comment


def test_a_comment_is_reworded_by_its_author(browser, card, said, owner, member):
    ben, ada = browser(member), browser(owner)
    where = f"/cards/1/comments/{said.id}"
    assert where not in ada.get("/cards/1").text
    assert Page(ben.get("/cards/1").text).one("a", id=f"reword-{said.id}")["href"] == where
    form = Page(ben.get(where).text).form(where)
    assert form.values["body"] == "By Sundy"
    answer = ben.post(where, data={"body": "By **Sunday**"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cards/1#comment-{said.id}")
    words = Page(ada.get("/cards/1").text).said[f"comment-{said.id}"]
    assert "By Sunday" in words
    assert "edited" in words


def test_refused_words_stay_in_their_form(browser, said, member):
    where = f"/cards/1/comments/{said.id}"
    answer = browser(member).post(where, data={"body": " \u200b "})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.said["reworded-errors"] == "A comment needs a few words."
    assert page.form(where).values["body"] == " \u200b "
    assert page.form("/cards/1/comments").values["body"] == ""


def test_only_its_author_may(browser, said, owner):
    ada = browser(owner)
    where = f"/cards/1/comments/{said.id}"
    assert ada.get(where).status_code == 403
    assert ada.post(where, data={"body": "Mine"}).status_code == 403
    assert ada.post(f"{where}/delete").status_code == 403
    assert ada.post(f"{where}/restoration").status_code == 404
    assert ada.get("/cards/1/comments/999").status_code == 404


def test_what_is_taken_back_can_be_brought_back(browser, card, said, owner, member):
    ben = browser(member)
    where = f"/cards/1/comments/{said.id}"
    ben.post(f"{where}/delete")
    page = Page(ben.get("/cards/1").text)
    assert "By Sundy" not in page.words
    assert "Your comment is gone." in page.said["toasts"]
    assert page.form(f"{where}/restoration")
    assert "1 comment" not in browser(owner).get(f"/boards/{card.board_id}").text
    assert ben.post(f"{where}/restoration").status_code == 303
    assert "By Sundy" in ben.get("/cards/1").text
    assert ben.post(f"{where}/restoration").status_code == 404


def test_history_is_folded_to_its_last_line(read, card, owner, member, travel):
    for change in (
        lambda: card.rename("Cut the sedge", owner),
        lambda: card.close(owner),
        lambda: card.reopen(owner),
        lambda: card.comment("Why?", member),
        lambda: card.close(owner),
    ):
        change()
        travel(minutes=1)
    db.session.commit()
    page = read("/cards/1")
    (folded,) = page.all("details", class_="history")
    assert "open" not in folded
    assert page.said[folded["id"]].startswith("Full history 2")
    assert "opened this again" not in page.said[folded["id"]]
    assert page.said["talk"].count("Ada Field closed this") == 2
