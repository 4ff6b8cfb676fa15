"""Card numbers: one sequence a space, without doubles however many write at once."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from host.db import db
from host.models import Account, Board, Card

WRITERS, EACH = 4, 5


def test_numbers_run_through_all_boards_of_a_space(board, owner):
    other = Board.create("Second", by=owner)
    assert [each.add_card("x").number for each in (board, other, board)] == [1, 2, 3]


def test_each_space_counts_for_itself(board, stranger):
    board.add_card("x")
    assert Board.create("Theirs", by=stranger).add_card("x").number == 1


def test_the_number_of_a_deleted_card_is_not_given_again(board, owner):
    board.add_card("x").delete(by=owner)
    db.session.commit()
    assert board.add_card("y").number == 2


def test_many_are_reserved_at_once(account):
    assert list(account.next_numbers(3)) == [1, 2, 3]
    assert list(account.next_numbers(2)) == [4, 5]


def test_those_who_write_at_once_get_different_numbers(app, board):
    board_id = board.id
    db.session.commit()

    def write(_writer):
        with app.app_context():
            for _card in range(EACH):
                db.session.get(Board, board_id).add_card("x")
                db.session.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    numbers = sorted(db.session.scalars(select(Card.number)))
    assert numbers == list(range(1, WRITERS * EACH + 1))
    assert db.session.scalars(select(Account.cards_numbered)).one() == WRITERS * EACH
