"""What the keys A, T and W ask for on a board."""

import json

import pytest

from host.db import db
from host.models import Board
from tests.host.web.conftest import HTMX
from tests.host.web.page import Page


@pytest.fixture
def ask(client, card):
    """ask("GET", "assignments"): as the board's dialog asks about card 1."""

    def answered(method, what, **typed):
        return client.open(f"/cards/1/{what}", method=method, data=typed, headers=HTMX)

    return answered


def announced(answer):
    assert answer.status_code == 200
    assert answer.headers["HX-Reswap"] == "none"
    return json.loads(answer.headers["HX-Trigger"])["announce"]


def test_who_has_a_card_and_who_could(ask, card, member, owner):
    card.assign(member, owner)
    db.session.commit()
    page = Page(ask("GET", "assignments").text)
    assert "Who has card 1" in page.words
    assert [each["aria-pressed"] for each in page.all("button")] == ["false", "true"]
    assert "<html" not in page.html


def test_a_card_is_given_and_taken(ask, card, member):
    assert announced(ask("POST", "assignments", person=member.id)) == "Ben Hollow has card 1."
    assert card.assignees == [member]
    assert announced(ask("POST", f"assignments/{member.id}/delete")) == "Ben Hollow no longer has card 1."
    assert card.assignees == []


def test_who_may_not_see_the_board_is_refused_in_the_dialog(ask, board, member, owner):
    board.open_to([owner], by=owner)
    db.session.commit()
    answer = ask("POST", "assignments", person=member.id)
    assert answer.status_code == 422
    assert "Ben Hollow may not see this board." in answer.text
    assert "<html" not in answer.text


def test_a_tag_is_put_on_and_taken_off(ask, card):
    assert announced(ask("POST", "taggings", tag="Garden")) == "Card 1 has the tag garden."
    assert "garden" in Page(ask("GET", "taggings").text).words
    assert announced(ask("POST", "taggings/delete", tag="garden")) == "Card 1 is without the tag garden."
    assert card.tags == []


def test_a_refused_tag_stays_in_its_field(ask):
    answer = ask("POST", "taggings", tag="#")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.one("input", id="on-card-tag")["value"] == "#"
    assert "A tag needs a word." in page.words


def test_watching_turns(ask, card, owner, client):
    card.watch(owner, watching=False)
    db.session.commit()
    for said, watching in (("You watch card 1.", True), ("You no longer watch card 1.", False)):
        answer = ask("POST", "watch/turn")
        assert (answer.status_code, json.loads(answer.headers["HX-Trigger"])) == (204, {"toast": said})
        assert card.watched_by(owner) is watching
    assert client.post("/cards/1/watch/turn").headers["Location"] == "/cards/1"


@pytest.mark.parametrize(("what", "part"), [("assignments", "assigned"), ("taggings", "tags")])
def test_by_an_address_alone_one_comes_to_the_cards_page(client, card, what, part):
    assert client.get(f"/cards/1/{what}").headers["Location"] == f"/cards/1#{part}"


def test_of_a_card_that_one_may_not_know_of_nothing_is_told(ask, client, member):
    secret = Board.create("Secret", by=member, all_access=False).add_card("Secret", by=member).number
    db.session.commit()
    for what in ("assignments", "taggings"):
        assert client.get(f"/cards/{secret}/{what}", headers=HTMX).status_code == 404
    assert client.post(f"/cards/{secret}/watch/turn", headers=HTMX).status_code == 404
