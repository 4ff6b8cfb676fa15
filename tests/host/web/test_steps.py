"""Steps on the card's page, without JavaScript."""

import pytest

from host.db import db
from tests.host.web.page import Page


@pytest.fixture
def steps(card):
    made = [card.add_step(text) for text in ("one", "two", "three")]
    db.session.commit()
    return made


def test_a_step_is_reworded_in_its_place(client, read, card, steps):
    where = f"/cards/1/steps/{steps[1].id}"
    assert read("/cards/1").one("a", id=f"edit-step-{steps[1].id}")["href"] == where
    form = Page(client.get(where).text).form(f"{where}/text")
    assert form.values["text"] == "two"
    assert client.post(f"{where}/text", data={"text": "second"}).headers["Location"] == "/cards/1#steps"
    refused = client.post(f"{where}/text", data={"text": "x" * 1001})
    page = Page(refused.text)
    assert refused.status_code == 422
    assert page.form(f"{where}/text").values["text"] == "x" * 1001
    assert page.said["reworded-step-errors"]
    db.session.expire_all()
    assert [step.text for step in card.steps] == ["one", "second", "three"]


def test_one_that_is_removed_can_be_brought_back(submit, read, card, steps):
    where = f"/cards/1/steps/{steps[1].id}"
    submit(read("/cards/1"), f"{where}/delete")
    page = read("/cards/1")
    assert "The step is gone." in page.said["toasts"]
    assert "two" not in page.said["steps"]
    assert submit(page, f"{where}/restoration").headers["Location"] == "/cards/1#steps"
    db.session.expire_all()
    assert [step.text for step in card.steps] == ["one", "two", "three"]


def test_what_stands_or_is_nobodys_is_not_brought_back(client, browser, board, member, owner, steps):
    assert client.post(f"/cards/1/steps/{steps[1].id}/restoration").status_code == 404
    draft = board.draft(owner)
    step = draft.add_step("one")
    draft.remove_step(step)
    db.session.commit()
    where = f"/cards/{draft.number}/steps/{step.id}/restoration"
    assert browser(member).post(where).status_code == 404
    assert client.post(where).status_code == 303


def test_buttons_move_it(submit, read, card, steps):
    where = f"/cards/1/steps/{steps[0].id}/position"
    page = read("/cards/1")
    assert not page.all("button", id=f"up-{steps[0].id}")
    assert not page.all("button", id=f"down-{steps[2].id}")
    submit(page, where)
    db.session.expire_all()
    assert [step.text for step in card.steps] == ["two", "one", "three"]


@pytest.mark.parametrize("to", ["", "-1", "word", "1e3", str(10**30)])
def test_it_moves_to_a_number_alone(client, steps, to):
    assert client.post(f"/cards/1/steps/{steps[0].id}/position", data={"to": to}).status_code == 422


def test_its_people_stand_beside_it(client, read, card, member):
    client.post("/cards/1/steps", data={"text": "Oil it, @ben-hollow"})
    page = read("/cards/1")
    assert [each["title"] for each in page.all("span", role="img", class_="disc")].count("Ben Hollow") >= 2
    assert "Ben Hollow" in page.said["assigned"]


def test_a_closed_card_offers_no_new_step(read, card, owner, steps):
    card.close(owner)
    db.session.commit()
    page = read("/cards/1")
    assert not page.all("input", id="new-step")
    assert "three" in page.said["steps"]
