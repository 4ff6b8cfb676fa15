"""Whom one may mean who types `@`: the people of the board, a few at a time."""

import pytest

from host.db import db
from host.models import Board, User
from tests.host.web.page import Page

NAMES = ("Odile Marsh", "Zoë Ångström", "Marlon O'Neill", "Per Cent_%")


@pytest.fixture
def people(account, board):
    """Some more who see the board."""
    found = [User.join(account, name=name, email=None) for name in NAMES]
    db.session.commit()
    return found


@pytest.fixture
def offered(client, board, people):
    """offered("od"): the handles that are offered."""

    def ask(typed):
        answer = client.get(f"/boards/{board.id}/people", query_string={"q": typed})
        return [each["data-take"].removeprefix("@") for each in Page(answer.text).all("div", role="option")]

    return ask


@pytest.mark.parametrize(
    ("typed", "handles"),
    [
        ("od", ["odile-marsh"]),
        ("OD", ["odile-marsh"]),
        ("mar", ["marlon-o-neill", "odile-marsh"]),
        ("o'n", ["marlon-o-neill"]),
        ("zoë", ["zoe-angstrom"]),
        ("zoe", ["zoe-angstrom"]),
        ("ang", ["zoe-angstrom"]),
        ("odile-marsh", ["odile-marsh"]),
        ("dile", []),
        ("%", []),
        ("_", []),
        ("cent_%", ["per-cent"]),
        ("李", []),
        ("x" * 5000, []),
        ("\x00od", ["odile-marsh"]),
    ],
)
def test_by_the_beginning_of_a_handle_or_of_a_word_of_the_name(offered, typed, handles):
    assert offered(typed) == handles


def test_who_typed_nothing_yet_is_offered_the_first(offered, account, board):
    assert offered("") == ["ada-field", "marlon-o-neill", "odile-marsh", "per-cent", "zoe-angstrom"]
    for number in range(9):
        User.join(account, name=f"Aa {number}", email=None)
    db.session.commit()
    assert offered("") == [f"aa-{number}" for number in range(8)]


def test_who_begins_so_by_handle_comes_first(offered, people):
    people[3].take_handle("marigold")
    db.session.commit()
    assert offered("mar") == ["marlon-o-neill", "marigold", "odile-marsh"]


def test_only_active_people_who_may_see_the_board(offered, client, owner, people):
    people[0].deactivate()
    closed = Board.create("Ada's own", by=owner, all_access=False)
    db.session.commit()
    assert offered("od") == []
    assert client.get(f"/boards/{closed.id}/people?q=mar").status_code == 204


def test_a_board_that_one_may_not_see_names_nobody(browser, owner, member):
    closed = Board.create("Ada's own", by=owner, all_access=False)
    db.session.commit()
    assert browser(member).get(f"/boards/{closed.id}/people?q=ada").status_code == 404


def test_a_list_says_what_it_is(client, board, people):
    page = Page(client.get(f"/boards/{board.id}/people?q=od").text)
    listed = page.one("div", role="listbox")
    assert (listed["aria-label"], listed["data-said"]) == ("People", "1 person. Enter takes the name.")
    assert "Odile Marsh @odile-marsh" in page.words
