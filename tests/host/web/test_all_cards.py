"""Cards of all boards on one page."""

import pytest

from host.db import db
from host.models import Board

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what filters find is tested on both")


@pytest.fixture
def titles(read):
    """`titles("?q=plum")`: of the cards on the page, in their order."""

    def shown(query=""):
        said = read(f"/cards{query}").html
        return [part.partition("</a>")[0].rpartition(">")[2] for part in said.split('class="card-title"')[1:]]

    return shown


def test_it_has_what_is_awake_on_all_boards_that_one_sees(titles, read, board, owner, member, travel):
    other = Board.create("Orchard", by=owner)
    secret = Board.create("Secret", by=member, all_access=False)
    for where, title in ((board, "Reeds"), (other, "Plums"), (secret, "Hidden"), (board, "Resting"), (board, "Done")):
        travel(minutes=1)
        card = where.add_card(title, by=where.creator)
        card.postpone(owner) if title == "Resting" else None
        card.close(owner) if title == "Done" else None
    db.session.commit()
    assert titles() == ["Plums", "Reeds"]
    assert titles("?sort=oldest") == ["Reeds", "Plums"]
    assert titles("?place=not_now&place=done") == ["Done", "Resting"]
    assert titles("?closed=today") == titles(f"?closer={owner.id}") == ["Done"]
    assert titles(f"?board={other.id}") == ["Plums"]
    assert titles(f"?board={secret.id}") == []
    assert "Orchard" in read("/cards").said["card-2"]


def test_fifty_come_at_first_and_the_others_as_one_scrolls(client, read, titles, board):
    for number in range(70):
        board.add_card(f"Card {number}")
    db.session.commit()
    page = read("/cards?q=card")
    assert len(page.all("article")) == 50
    assert page.said["how-many"] == "70"
    more = page.one("li", class_="skel")["hx-get"]
    rest = client.get(more, headers={"HX-Request": "true"}).text
    assert rest.count("<article") == 20
    assert "<html" not in rest
    assert len(read(more).all("article")) == 20  # without JavaScript it is a page like any other


@pytest.mark.parametrize("after", ["-1", "x", "9" * 30])
def test_an_odd_beginning_is_none(read, card, after):
    read(f"/cards?after={after}")


def test_its_statements_do_not_grow_with_its_cards(client, owner, statements):
    def cost():
        db.session.commit()
        with statements() as seen:
            assert client.get("/cards").status_code == 200
        return len(seen)

    def add(count):
        for number in range(count):
            card = Board.create(f"Board {number}", by=owner).add_card("Card")
            card.assign(owner, owner)
            card.tag(f"tag {number}")

    add(2)
    cost()
    few = cost()
    add(20)
    assert cost() == few


def test_it_says_when_there_is_nothing(read, app):
    assert "No card is awake" in read("/cards").said["found"]
    assert "No such card" in read("/cards?golden=1").said["found"]
