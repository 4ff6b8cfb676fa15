"""Moving a card, keeping it and making it golden: by plain forms, and on the board by fragments."""

import json

import pytest

from host.db import db
from host.models import Board, Card, Place, Postponement
from host.permissions import visible
from tests.host.web.conftest import HTMX
from tests.host.web.page import Page

# (resource, where a card in Maybe? lies then, the columns that are drawn again, what is announced)
WAYS = [
    ("closure", Place.DONE, ["maybe", "done"], "Card 1 is done."),
    ("closure/delete", Place.MAYBE, ["maybe"], "Card 1 is open again."),
    ("postponement", Place.NOT_NOW, ["maybe", "not_now"], "Card 1 rests in Not now."),
    ("triage", Place.COLUMN, ["maybe", "1"], "Card 1 is in Writing."),
    ("triage/delete", Place.MAYBE, ["maybe"], "Card 1 is back in Maybe?."),
    ("keeping", Place.MAYBE, ["maybe"], "Card 1 is kept. Its clock starts again."),
    ("goldness", Place.MAYBE, ["maybe"], "Card 1 is golden."),
    ("goldness/delete", Place.MAYBE, ["maybe"], "Card 1 is a plain card."),
]


@pytest.fixture
def do(client, board, card):
    """do("closure"): asks for it as the board or the card's page does."""

    def post(resource, headers=None, **typed):
        sent = {"column": str(board.columns[0].id), **typed} if resource == "triage" else typed
        answer = client.post(f"/cards/{card.number}/{resource}", data=sent, headers=headers)
        db.session.expire_all()
        return answer

    return post


@pytest.mark.parametrize(("resource", "place", "_columns", "_said"), WAYS)
def test_without_scripts_one_returns_to_the_card(do, card, resource, place, _columns, _said):
    for _twice in range(2):
        answer = do(resource)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/cards/{card.number}")
        assert card.place is place


@pytest.mark.parametrize(("resource", "place", "columns", "said"), WAYS)
def test_with_scripts_the_touched_columns_come_back(do, board, card, resource, place, columns, said):
    answer = do(resource, HTMX)
    assert answer.status_code == 200
    assert json.loads(answer.headers["HX-Trigger"]) == {"announce": said}
    assert answer.headers["HX-Reswap"] == "none"
    page = Page(answer.text)
    keys = [str(board.columns[0].id) if key == "1" else key for key in columns]
    assert [section["id"] for section in page.all("section")] == [f"col-{key}" for key in keys]
    assert card.place is place


@pytest.mark.parametrize("headers", [{**HTMX, "HX-Boosted": "true"}, {**HTMX, "HX-History-Restore-Request": "true"}])
def test_a_boosted_form_goes_the_plain_way(do, headers):
    assert do("closure", headers).status_code == 303


def test_one_returns_to_where_the_form_said(do, board, card):
    assert do("keeping", back=f"/boards/{board.id}").headers["Location"] == f"/boards/{board.id}"
    assert do("keeping", back="//evil.example").headers["Location"] == f"/cards/{card.number}"


def test_from_column_to_column_both_are_drawn(do, board, card, owner):
    writing, checking = board.columns
    card.triage_into(writing, owner)
    db.session.commit()
    page = Page(do("triage", HTMX, column=str(checking.id)).text)
    assert [section["id"] for section in page.all("section")] == [f"col-{writing.id}", f"col-{checking.id}"]
    assert "Cut the reeds" in page.said[f"cards-{checking.id}"]
    assert "Cut the reeds" not in page.said[f"cards-{writing.id}"]


def test_a_folded_column_comes_back_with_its_count_alone(do):
    page = Page(do("closure", HTMX).text)
    assert "data-collapsed" in page.one("section", id="col-done")
    assert page.said["h-done"].split() == ["Done", "1"]
    assert "Cut the reeds" not in page.words


@pytest.mark.parametrize("column", ["", "x", "99999", "-1", "1e3"])
def test_into_no_column_of_the_board_leads_nowhere(do, card, column):
    assert do("triage", column=column).status_code == 404
    assert card.place is Place.MAYBE


def test_into_a_column_of_another_board_leads_nowhere(do, card, owner):
    other = Board.create("Second", by=owner, columns=["Writing"]).columns[0]
    db.session.commit()
    assert do("triage", column=str(other.id)).status_code == 404
    assert card.place is Place.MAYBE


def test_who_did_it_is_kept(browser, board, card, member):
    browser(member).post(f"/cards/{card.number}/postponement")
    assert db.session.scalars(db.select(Postponement)).one().creator_id == member.id


def test_the_banner_comes_along(do):
    page = Page(do("keeping", HTMX).text)
    assert page.one("div", id="banners") == {"id": "banners", "hx-swap-oob": "true"}


def test_whole_life_of_a_card_by_its_page_alone(read, submit, client, board, owner):
    """Added, moved, kept, rested, woken, closed, reopened and deleted with the forms as they stand."""
    submit(read(f"/boards/{board.id}"), f"/boards/{board.id}/cards", title="Mend the fence")
    places = []
    for form in ("goldness", "postponement", "triage/delete", "closure", "closure/delete"):
        page = read("/cards/1")
        assert submit(page, f"/cards/1/{form}").status_code == 303
        db.session.expire_all()
        places.append(owner.card(1).place.value)
    assert places == ["maybe", "not_now", "maybe", "done", "maybe"]
    answer = submit(read("/cards/1"), "/cards/1/delete")
    assert answer.headers["Location"] == f"/boards/{board.id}"
    assert "Card 1 is gone." in client.get(f"/boards/{board.id}").text
    assert db.session.scalars(db.select(Card).where(visible(Card, owner))).all() == []
