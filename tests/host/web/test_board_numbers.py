"""Which card one may mean who types `#`: by number or by words of the title."""

import pytest

from host.db import db
from host.models import Board
from tests.host.web.page import Page

TITLES = ("Cut the reeds", "Oil the gate", "Mend the GATE post", "Zoë’s 100% plan_b", "Paint it")


@pytest.fixture
def cards(board, owner, travel):
    """Cards 1 to 5 of Ada's board, each touched after the one before it."""
    found = []
    for title in TITLES:
        travel(minutes=1)
        found.append(board.add_card(title, by=owner))
    db.session.commit()
    return found


@pytest.fixture
def offered(client, board, cards):
    """offered("ree"): the numbers that are offered."""

    def ask(typed, where=board):
        answer = client.get(f"/boards/{where.id}/numbers", query_string={"q": typed})
        return [int(each["data-take"].removeprefix("#")) for each in Page(answer.text).all("div", role="option")]

    return ask


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", [5, 4, 3, 2, 1]),
        ("gate", [3, 2]),
        ("gate oil", [2]),
        ("eeds", [1]),
        ("%", [4]),
        ("n_b", [4]),
        ("1", [1]),
        ("0", []),
        ("01", [1]),
        ("9", []),
        ("9" * 18, []),
        ("9" * 5000, []),
        ("٣", []),
        ("nothing", []),
        ("x" * 5000, []),
        ("\x00gate", [3, 2]),
    ],
)
def test_by_number_or_by_words_of_the_title(offered, typed, numbers):
    assert offered(typed) == numbers


def test_a_number_that_is_typed_in_full_comes_first(offered, board, owner, cards):
    cards[0].number, cards[1].number, cards[2].number = 120, 12, 1_200_000
    db.session.commit()
    assert offered("12") == [12, 120, 1_200_000]
    assert offered("120") == [120, 1_200_000]


def test_cards_of_the_board_come_first_and_others_by_their_board(offered, client, board, owner, travel, cards):
    other = Board.create("Orchard", by=owner)
    travel(hours=1)
    far = other.add_card("Gate of the orchard", by=owner)
    db.session.commit()
    assert offered("gate") == [3, 2, far.number]
    assert offered("gate", other) == [far.number, 3, 2]
    assert offered("", other) == [far.number]
    page = Page(client.get(f"/boards/{board.id}/numbers?q=gate").text)
    assert "6 Gate of the orchard Orchard" in page.words
    assert page.words.count("Launch") == 0


def test_eight_at_most(offered, board, owner, cards):
    for number in range(9):
        board.add_card(f"Gate {number}", by=owner)
    db.session.commit()
    assert len(offered("gate")) == len(offered("")) == 8


def test_only_what_one_may_see(offered, browser, board, owner, member, cards):
    closed = Board.create("Ben's own", by=member, all_access=False)
    secret = closed.add_card("Gate of Ben", by=member)
    board.draft(owner).title = "Gate in draft"
    cards[1].remove(owner)
    archived = Board.create("Old", by=owner)
    archived.add_card("Gate of old", by=owner)
    archived.archive(by=owner)
    db.session.commit()
    assert offered("gate") == [3]
    assert offered(str(secret.number)) == []
    assert browser(owner).get(f"/boards/{closed.id}/numbers?q=gate").status_code == 404


def test_a_list_says_what_it_is(client, board, cards):
    page = Page(client.get(f"/boards/{board.id}/numbers?q=reeds").text)
    listed = page.one("div", role="listbox")
    assert (listed["aria-label"], listed["data-said"]) == ("Cards", "1 card. Enter takes its number.")
    assert client.get(f"/boards/{board.id}/numbers?q=nothing").status_code == 204


def test_its_statements_do_not_grow_with_the_cards(client, board, owner, cards, statements):
    def cost():
        db.session.commit()
        with statements() as seen:
            assert client.get(f"/boards/{board.id}/numbers?q=e").status_code == 200
        return len(seen)

    cost()
    few = cost()
    for place in [Board.create(f"Board {number}", by=owner) for number in range(3)]:
        place.add_card("Gate", by=owner)
    assert cost() == few
