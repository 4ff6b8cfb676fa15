"""What a sweep would do, before it does it."""

import pytest

from host import Board, db, visible
from plugins.entropy import preview, sweep
from plugins.entropy.models import BoardEntropy
from plugins.entropy.preview import Due

from .conftest import DAY


def test_it_counts_what_is_due_on_each_board_the_most_first(board, other_board, aged):
    BoardEntropy.choose(other_board, 7 * DAY)
    aged(board, 2, days=31)
    aged(board, days=29)
    aged(other_board, 3, days=8)
    assert preview.due() == [
        Due(other_board.id, "Garden", 7 * DAY, 3),
        Due(board.id, "Launch", 30 * DAY, 2),
    ]


def test_a_board_without_anything_due_is_left_out(board, aged):
    aged(board, days=29)
    assert preview.due() == []
    assert preview.summary() == "nothing to rest"


def test_it_changes_nothing(board, aged, places):
    card = aged(board, days=31)
    preview.due()
    preview.summary()
    preview.cards(board)
    assert places(card) == ["maybe"]


def test_the_sweep_does_what_was_foretold(board, other_board, aged):
    aged(board, 2, days=31)
    aged(other_board, days=45)
    foretold = preview.summary()
    assert foretold == "would rest 3 cards on 2 boards"
    assert sweep.run() == foretold.replace("would rest", "rested")
    assert preview.summary() == "nothing to rest"


def test_the_cards_of_a_board_come_the_longest_untouched_first(board, other_board, aged):
    young, old = aged(board, days=31), aged(board, days=60)
    aged(board, days=2)
    aged(other_board, days=60)
    assert [(card.number, card.title) for card in preview.cards(board)] == [
        (old.number, old.title),
        (young.number, young.title),
    ]


def test_it_can_be_kept_to_the_boards_that_somebody_sees(board, owner, member, aged):
    hidden = Board.create("Hidden", by=owner, all_access=False)
    aged(board, days=31)
    aged(hidden, days=31)
    assert [each.board for each in preview.due(visible(Board, member))] == ["Launch"]


@pytest.mark.parametrize("boards", [1, 12])
def test_boards_that_share_a_period_take_two_statements_however_many(owner, boards, aged, statements):
    for number in range(boards):
        aged(Board.create(f"Board {number}", by=owner), days=31)
    with statements() as seen:
        assert len(preview.due()) == boards
    assert len([sql for sql, _parameters in seen if sql.startswith("SELECT")]) == 2


def test_it_finds_its_cards_by_the_index_of_those_awake(board, aged, statements, plan):
    aged(board, days=31)
    with statements() as seen:
        preview.due()
        preview.cards(board)
    reads = [(sql, parameters) for sql, parameters in seen if "card.place IN" in sql]
    assert len(reads) == 2
    for sql, parameters in reads:
        assert "ix_card_awake" in plan(sql, parameters)
    db.session.rollback()
