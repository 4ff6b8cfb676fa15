"""`fallow entropy preview`."""

import json

import pytest
from click.testing import CliRunner

from host import Account, Board, Fault, NotFound, db
from host.commands import Given
from plugins.entropy.commands import preview
from plugins.entropy.models import BoardEntropy


@pytest.fixture
def run(app):
    """`run("--json")`: what the command prints."""

    def invoke(*arguments):
        db.session.commit()
        return CliRunner().invoke(preview, arguments, obj=Given(), catch_exceptions=False).output

    return invoke


def test_it_lists_each_board_with_what_would_rest(board, other_board, aged, run):
    BoardEntropy.choose(other_board, 36 * 3600)
    aged(board, 2, days=31)
    aged(other_board, days=2)
    assert run().splitlines() == [
        "id  board   period    cards",
        f"{board.id}   Launch  30 days   2",
        f"{other_board.id}   Garden  36 hours  1",
        "The next sweep rests 3 cards on 2 boards.",
    ]


def test_it_says_when_there_is_nothing_to_rest(board, run):
    assert run() == "Nothing to rest.\n"
    assert json.loads(run("--json")) == []


def test_it_prints_json(board, aged, run):
    aged(board, days=31)
    assert json.loads(run("--json")) == [{"id": board.id, "board": "Launch", "period": "30 days", "cards": 1}]


@pytest.mark.parametrize("which", ["Launch", "launch", "1"])
def test_it_lists_the_cards_of_one_board(board, other_board, aged, run, which):
    card = aged(board, days=31)
    aged(other_board, days=31)
    lines = run("--board", which).splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"{card.number} ")
    assert "Left alone 0" in lines[1]


def test_a_board_that_is_not_there_is_one_clear_line(board, run):
    with pytest.raises(NotFound, match="There is no board “Cellar”"):
        run("--board", "Cellar")
    with pytest.raises(NotFound, match=r"There is no board “9{30}”"):
        run("--board", "9" * 30)


def test_a_name_that_several_boards_have_needs_an_id(board, run):
    stranger = Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")
    other = Board.create("launch", by=stranger)
    with pytest.raises(Fault, match=f"one of these ids: {board.id}, {other.id}"):
        run("--board", "Launch")
    assert run("--board", str(other.id)) == "Nothing to rest.\n"
