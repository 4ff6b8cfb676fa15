"""Which period holds on a board."""

import pytest

from host import Account, Board, Invalid, db
from host.live.publish import WAITING
from plugins.entropy import period
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.period import Period, Source

from .conftest import DAY


def test_thirty_days_hold_where_nobody_chose(account, board):
    assert period.of_account(account) == period.of_board(board) == Period(30 * DAY, Source.DEFAULT)


def test_the_spaces_choice_holds_on_its_boards(account, board):
    AccountEntropy.choose(account, 7 * DAY)
    assert period.of_board(board) == period.of_account(account) == Period(7 * DAY, Source.ACCOUNT)


def test_a_boards_own_choice_goes_before_the_spaces(account, board, other_board):
    AccountEntropy.choose(account, 7 * DAY)
    BoardEntropy.choose(board, 60)
    assert period.of_board(board) == Period(60, Source.BOARD)
    assert period.of_board(other_board).source is Source.ACCOUNT


def test_a_board_that_drops_its_own_follows_the_space_as_it_is_then(account, board):
    BoardEntropy.choose(board, 7 * DAY)
    AccountEntropy.choose(account, 90 * DAY)
    BoardEntropy.drop(board)
    assert period.of_board(board) == Period(90 * DAY, Source.ACCOUNT)
    BoardEntropy.drop(board)  # there is nothing left to drop


def test_never_is_a_choice_of_its_own(account, board):
    AccountEntropy.choose(account, 7 * DAY)
    BoardEntropy.choose(board, None)
    assert period.of_board(board) == Period(None, Source.BOARD)
    assert period.of_board(board).words == "never"


def test_a_second_choice_takes_the_place_of_the_first(account, board):
    for seconds in (7 * DAY, None, 14 * DAY):
        AccountEntropy.choose(account, seconds)
        BoardEntropy.choose(board, seconds)
        db.session.commit()
        assert period.of_account(account).seconds == period.of_board(board).seconds == seconds


def test_whether_golden_cards_stay_is_kept_unless_said(account):
    assert not period.of_account(account).golden_stays
    AccountEntropy.choose(account, 7 * DAY, golden_stays=True)
    AccountEntropy.choose(account, 14 * DAY)
    assert period.of_account(account) == Period(14 * DAY, Source.ACCOUNT, golden_stays=True)


def test_another_spaces_choice_does_not_count(board):
    stranger = Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")
    AccountEntropy.choose(stranger.account, 60)
    theirs = Board.create("Theirs", by=stranger)
    found = period.of_boards([board.id, theirs.id])
    assert (found[board.id].seconds, found[theirs.id].seconds) == (30 * DAY, 60)


@pytest.mark.parametrize("seconds", [0, -1, 59, 3650 * DAY + 1, 10**12])
def test_a_period_out_of_bounds_is_refused_and_nothing_is_stored(account, board, seconds):
    for choose in (lambda: AccountEntropy.choose(account, seconds), lambda: BoardEntropy.choose(board, seconds)):
        with pytest.raises(Invalid) as refused:
            choose()
        assert [*refused.value.errors] == ["period_seconds"]
    assert period.of_board(board).source is Source.DEFAULT


def test_a_deleted_board_takes_its_choice_with_it(board):
    BoardEntropy.choose(board, 60)
    db.session.commit()
    db.session.delete(board)
    db.session.commit()
    assert db.session.scalars(db.select(BoardEntropy)).all() == []


def test_open_pages_hear_of_every_choice(account, board):
    for choose in (
        lambda: AccountEntropy.choose(account, 60),
        lambda: BoardEntropy.choose(board, 60),
        lambda: BoardEntropy.drop(board),
    ):
        db.session.commit()
        choose()
        assert list(db.session().info[WAITING]) == [(account.id, "everything")]


def test_many_boards_are_asked_for_with_one_statement(board, other_board, statements):
    ids = [board.id, other_board.id]
    with statements() as seen:
        period.of_boards(ids * 3)
    assert len(seen) == 1
