"""Who is meant by a text, and what its author hears of those whom it does not reach."""

import pytest

from host.db import db
from host.mentions import mentioned, unheard
from host.models import Account, Board, User


@pytest.fixture
def closed(owner: User, member: User) -> Board:
    """A board that Ada alone sees; Ben is in the space."""
    return Board.create("Ada's own", by=owner, all_access=False)


def test_people_who_may_see_the_board_as_they_are_named(board, owner, member):
    board.grant([member])
    assert mentioned("@ben-hollow and @ADA-field, `@x` and @nobody", board) == [member, owner]
    assert mentioned("nobody at all", board) == []


def test_neither_who_left_nor_the_system_nor_who_is_elsewhere(board, owner, member):
    Account.open("Elsewhere", owner_name="Eve", email=None)
    board.grant([member])
    member.deactivate()
    assert mentioned("@ben-hollow @system @eve", board) == []
    assert unheard("@ben-hollow @system @eve", board).unknown == ["ben-hollow", "system", "eve"]


def test_who_may_not_see_the_board_is_told_apart(closed, owner):
    assert mentioned("@ben-hollow @ada-field", closed) == [owner]
    found = unheard("@ben-hollow @ada-field @nobody", closed)
    assert (found.unknown, found.shut_out) == (["nobody"], ["ben-hollow"])
    assert found.handles == ["nobody", "ben-hollow"]
    assert found.sentences == [
        "Nobody here is called @nobody.",
        "@ben-hollow cannot see this board and was not told.",
    ]


def test_what_was_there_before_is_said_no_more(closed):
    before = "@nobody"
    assert unheard("@nobody @noone", closed, before=before).unknown == ["noone"]
    assert unheard("@nobody, again", closed, before=before).sentences == []


def test_all_is_well(board):
    assert unheard("@ada-field", board).sentences == []


def test_of_many_a_few_are_listed(board, account, owner):
    many = " ".join(f"@n{number}" for number in range(50))
    assert unheard(many, board).sentences == ["Nobody here is called @n0, @n1, @n2, @n3, @n4 and 45 more."]
    private = Board.create("Ada's own", by=owner, all_access=False)
    for name in ("Cleo", "Dot"):
        User.join(account, name=name, email=None)
    db.session.flush()
    assert unheard("@cleo @dot", private).sentences == ["@cleo, @dot cannot see this board and were not told."]
