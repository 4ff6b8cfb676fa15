"""Boards: who may see one, its columns, and how full it is."""

import pytest
from sqlalchemy import select

from host.clock import now
from host.db import db
from host.errors import Forbidden, Invalid, NotFound
from host.models import Access, Board, Card, Event, Fold, Place, Role, User
from host.models.card.consistency import misplaced
from host.permissions import may_administer, may_run, require, visible


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
    db.session.add(Access(board_id=board.id, user_id=stranger.id))
    db.session.flush()
    with pytest.raises(NotFound):
        stranger.board(board.id)


def test_letting_somebody_in_twice_keeps_what_they_had(board, member, owner):
    board.grant([member])
    board.watch(member)
    board.grant([member, owner, member])
    db.session.commit()
    watching = select(Access.watching).filter_by(board_id=board.id, user_id=member.id)
    assert db.session.scalars(watching).all() == [True]
    board.grant([])


def test_a_boards_creator_watches_it_and_others_when_they_want(board, owner, member):
    watching = select(Access.user_id).filter_by(board_id=board.id, watching=True)
    assert db.session.scalars(watching).all() == [owner.id]
    board.grant([member])
    board.watch(member)
    board.watch(owner, watching=False)
    assert db.session.scalars(watching).all() == [member.id]


def test_nobody_watches_what_they_may_not_see(closed, member):
    with pytest.raises(NotFound):
        closed.watch(member)


def test_who_may_run_a_board(account, board, owner, member):
    admin = User.join(account, name="Cleo", email=None, role=Role.ADMIN)
    own = Board.create("Own", by=member)
    assert [may_run(person, board) for person in (owner, admin, member)] == [True, True, False]
    assert may_run(member, own)
    assert [may_administer(person) for person in (owner, admin, member)] == [True, True, False]
    require(True)
    with pytest.raises(Forbidden):
        require(False)


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "\x00"])
def test_a_board_and_its_columns_need_a_name(board, owner, name):
    for change in (
        lambda: Board.create(name, by=owner),
        lambda: board.rename(name),
        lambda: board.add_column(name),
        lambda: board.columns[0].change(name, "moss"),
    ):
        with pytest.raises(Invalid) as refused:
            change()
        assert list(refused.value.errors) == ["name"]
    db.session.commit()
    assert [board.name for board in db.session.scalars(select(Board))] == ["Launch"]
    assert [column.name for column in board.columns] == ["Writing", "Checking"]


def test_a_board_is_renamed(board):
    board.rename(" Second\nlaunch ")
    assert board.name == "Second launch"


def test_columns_stand_in_order_with_hues_of_their_own(board, owner):
    board.add_column("Ready", "rust")
    db.session.commit()
    db.session.expire_all()
    assert [column.name for column in board.columns] == ["Writing", "Checking", "Ready"]
    assert [column.position for column in board.columns] == [0, 1, 2]
    assert len({column.hue for column in board.columns}) == 3
    assert board.columns[2].hue == "rust"


def test_a_hue_is_one_of_ours(board):
    column = board.columns[0]
    column.change("Weaving", "heather")
    with pytest.raises(Invalid) as refused:
        column.change("Weaving", "red; background: url(x)")
    assert list(refused.value.errors) == ["hue"]
    assert (column.name, column.hue) == ("Weaving", "heather")
    with pytest.raises(Invalid):
        board.add_column("Ready", "red")
    assert len(board.columns) == 2


def test_a_column_is_found_on_its_own_board_alone(board, owner):
    other = Board.create("Second", by=owner, columns=["Writing"])
    assert board.column(board.columns[0].id) is board.columns[0]
    with pytest.raises(NotFound):
        board.column(other.columns[0].id)


def test_a_column_that_goes_leaves_its_cards_in_maybe_with_their_age(board, owner, travel):
    writing, checking = board.columns
    here, closed, elsewhere = (board.add_card("x", column=column) for column in (writing, writing, checking))
    closed.close(owner)
    db.session.commit()
    touched = here.last_active_at
    travel(days=3)
    writing.delete(by=owner)
    db.session.commit()
    assert [column.name for column in board.columns] == ["Checking"]
    assert (here.place, here.column, here.last_active_at) == (Place.MAYBE, None, touched)
    assert (closed.place, closed.column) == (Place.DONE, None)
    assert (elsewhere.place, elsewhere.column) == (Place.COLUMN, checking)
    closed.reopen(owner)
    assert closed.place is Place.MAYBE
    assert db.session.scalars(misplaced()).all() == []
    event = db.session.scalars(select(Event).filter_by(kind="column_deleted")).one()
    assert (event.board_id, event.particulars) == (board.id, {"column": "Writing"})


def test_how_full_a_board_is(board, owner):
    writing, checking = board.columns
    cards = [board.add_card(str(n)) for n in range(5)]
    for card in cards[1:4]:
        card.triage_into(writing, owner)
    cards[3].close(owner)
    cards[4].postpone(owner)
    Board.create("Second", by=owner).add_card("elsewhere")
    db.session.commit()
    assert board.counts() == {
        (Place.MAYBE, None): 1, (Place.COLUMN, writing.id): 2, (Place.DONE, None): 1, (Place.NOT_NOW, None): 1
    }  # fmt: skip
    assert board.counts()[Place.COLUMN, checking.id] == 0


def test_folds_are_each_persons_own(board, owner, member):
    key = str(board.columns[0].id)
    assert Fold.keys(owner, board) == {"not_now", "done"}
    Fold.set(owner, board, key, folded=True)
    Fold.set(owner, board, "done", folded=False)
    db.session.commit()
    assert Fold.keys(owner, board) == {"not_now", key}
    assert Fold.keys(member, board) == {"not_now", "done"}
    Fold.set(owner, board, key, folded=False)
    Fold.set(owner, board, key, folded=False)
    assert Fold.keys(owner, board) == {"not_now"}


def test_a_board_remembers_who_made_it_and_when(board, owner):
    assert board.creator is owner
    assert (now() - board.created_at).total_seconds() < 3600
    event = db.session.scalars(select(Event).filter_by(kind="board_created")).one()
    assert (event.board_id, event.creator, event.card_id) == (board.id, owner, None)
