"""Who sees and does what: boards by access, everything else by its board, and nothing across spaces."""

from itertools import product

import pytest
from sqlalchemy import select

from host.db import db
from host.errors import Forbidden, NotFound
from host.models import Access, Account, Board, Card, Event, Role, User
from host.permissions import known, may_administer, may_operate, may_run, operators, require, visible


@pytest.fixture
def stranger(app) -> User:
    """Eve, who has a space of her own."""
    return Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")


@pytest.fixture
def closed(owner):
    """A board of Ada's that nobody else sees."""
    return Board.create("Closed", by=owner, all_access=False)


def test_a_board_open_to_all_is_seen_by_everybody_now_and_later(account, board, owner, member, stranger):
    newcomer = User.join(account, name="Cleo", email=None)
    assert board.people == [owner, member, newcomer]
    later = Board.create("Later", by=newcomer)
    assert later.people == [owner, member, newcomer]
    for person in (owner, member, newcomer):
        assert person.board(later.id) is later
    with pytest.raises(NotFound):
        stranger.board(later.id)


def test_a_closed_board_is_seen_by_who_was_let_in_and_by_no_admin(account, closed, owner, member):
    admin = User.join(account, name="Cleo", email=None, role=Role.ADMIN)
    with pytest.raises(NotFound, match="There is no such board"):
        admin.board(closed.id)
    closed.grant([member])
    assert closed.people == [owner, member]
    assert member.board(closed.id) is closed


def test_boards_come_by_name_without_regard_to_case(owner):
    for name in ("beta", "Alpha", "alpha 2", "Beta"):
        Board.create(name, by=owner)
    assert [board.name for board in db.session.scalars(owner.boards)] == ["Alpha", "alpha 2", "beta", "Beta"]


def test_cards_are_seen_where_their_board_is(closed, owner, member, stranger):
    card = closed.add_card("x")
    theirs = Board.create("Theirs", by=stranger).add_card("y")
    assert card.number == theirs.number
    assert owner.card(card.number) is card
    assert stranger.card(theirs.number) is theirs
    with pytest.raises(NotFound, match="There is no card 1"):
        member.card(card.number)
    assert db.session.scalars(select(Card).where(visible(Card, owner))).all() == [card]
    assert db.session.scalars(select(Event.card_id).where(visible(Event, member))).all() == []


def test_an_access_in_another_space_opens_nothing_there(board, stranger):
    """Were a row ever written by mistake, the account still keeps the two apart."""
    board.add_card("x")
    db.session.add(Access(board_id=board.id, user_id=stranger.id))
    db.session.flush()
    with pytest.raises(NotFound):
        stranger.board(board.id)
    for model, clause in product((Board, Card, Event), (visible, known)):
        elsewhere = model.account_id != stranger.account_id
        assert db.session.scalars(select(model).where(clause(model, stranger), elsewhere)).all() == []


def test_who_may_run_a_board(account, board, owner, member):
    admin = User.join(account, name="Cleo", email=None, role=Role.ADMIN)
    own = Board.create("Own", by=member)
    assert [may_run(person, board) for person in (owner, admin, member)] == [True, True, False]
    assert may_run(member, own)
    assert [may_administer(person) for person in (owner, admin, member)] == [True, True, False]
    require(True)
    with pytest.raises(Forbidden):
        require(False)


def test_who_looks_after_the_installation_is_an_admin_of_its_first_space(account, owner, member, stranger):
    admin = User.join(account, name="Cleo", email=None, role=Role.ADMIN)
    gone = User.join(account, name="Dot", email=None, role=Role.ADMIN)
    gone.deactivate()
    assert [may_operate(person) for person in (owner, admin, member, stranger)] == [True, True, False, False]
    assert set(operators()) == {owner, admin}
