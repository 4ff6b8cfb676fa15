"""A day, and a copy, on the card's page."""

import pytest

from host.db import db
from tests.host.web.page import Page


def test_a_day_is_set_shown_and_taken_away(client, read, board, card):
    assert client.post("/cards/1/due", data={"due_on": "2000-05-01"}).status_code == 303
    assert read("/cards/1").one("input", id="due-on")["value"] == "2000-05-01"
    assert "set the date to 1 May 2000" in read("/cards/1").said["talk"]
    assert "1 May 2000 late" in read(f"/boards/{board.id}").said["card-1"]
    client.post("/cards/1/closure")
    assert client.post("/cards/1/due", data={"due_on": ""}).status_code == 303
    assert read("/cards/1").one("input", id="due-on")["value"] == ""


@pytest.mark.parametrize("day", ["tomorrow", "2030-02-30", "99999-01-01", "0"])
def test_what_is_no_day_is_said(client, card, day):
    answer = client.post("/cards/1/due", data={"due_on": day})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.said["due-on-errors"]
    assert page.one("input", id="due-on")["value"] == day


def test_a_copy_is_opened(client, read, card):
    card.add_step("Sharpen")
    db.session.commit()
    assert client.post("/cards/1/duplicate").headers["Location"] == "/cards/2"
    page = read("/cards/2")
    assert "Sharpen" in page.said["steps"]
    assert "This is a copy of card 1." in page.said["toasts"]
