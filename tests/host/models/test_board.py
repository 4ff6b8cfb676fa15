"""A board: who may see it, who watches it, what lies where."""

import pytest

from host.db import db
from host.errors import Invalid, NotFound
from host.models import Access, Account, Board, Card, Event, Place, User


@pytest.fixture
def private(owner: User, member: User) -> Board:
    """A board that Ada shows to nobody; Ben is in the space."""
    return Board.create("Salaries", by=owner, all_access=False)


def sees(board: Board) -> set[str]:
    return {person.name for person in board.people}


def watches(board: Board, person: User) -> bool:
    return db.session.scalars(db.select(Access.watching).filter_by(board_id=board.id, user_id=person.id)).one()


def test_an_open_board_is_seen_by_all_and_watched_by_its_creator(owner, member):
    board = Board.create("Launch", by=member, columns=["Writing"])
    assert sees(board) == {owner.name, member.name}
    assert (watches(board, member), watches(board, owner)) == (True, False)
    assert (board.creator, board.all_access) == (member, True)
    assert db.session.scalars(db.select(Event.kind).filter_by(board_id=board.id)).all() == ["board_created"]


def test_a_private_board_is_seen_by_its_creator_alone(private, owner):
    assert sees(private) == {owner.name}


def test_a_newcomer_sees_every_open_board_and_no_private_one(board, private, account):
    cleo = User.join(account, name="Cleo", email=None)
    assert list(db.session.scalars(cleo.boards)) == [board]


def test_to_let_somebody_see_it_twice_takes_nothing_away(private, owner, member):
    private.grant([member])
    private.watch(member)
    private.grant([owner, member])
    assert sees(private) == {owner.name, member.name}
    assert watches(private, member)
    private.grant([])


def test_who_may_not_see_a_board_cannot_watch_it(private, member):
    with pytest.raises(NotFound):
        private.watch(member)


def test_who_is_gone_is_not_among_its_people(board, owner, member):
    member.deactivate()
    assert sees(board) == {owner.name}


def test_a_board_of_another_space_cannot_be_told_from_none(board):
    eve = Account.open("Forest", owner_name="Eve", email=None)
    with pytest.raises(NotFound) as unknown:
        eve.board(board.id)
    with pytest.raises(NotFound) as none:
        eve.board(board.id + 1000)
    assert unknown.value.message == none.value.message


@pytest.mark.parametrize("name", ["", " \n ", "x" * 121])
def test_a_name_that_is_none_is_refused(owner, board, name):
    for attempt in (lambda: Board.create(name, by=owner), lambda: board.change({"name": name}, by=owner)):
        with pytest.raises(Invalid) as refused:
            attempt()
        assert list(refused.value.errors) == ["name"]
    assert board.name == "Launch"


def test_a_name_is_kept_on_one_line(board):
    board.change({"name": "  Autumn \n list "}, by=board.creator)
    assert board.name == "Autumn list"


def test_counts_by_place_and_column(board, owner):
    writing, _checking = board.columns
    for title in "abcdef":
        board.add_card(title)
    cards = list(db.session.scalars(db.select(Card).order_by(Card.id)))
    cards[0].triage_into(writing, owner)
    cards[1].triage_into(writing, owner)
    cards[2].triage_into(writing, owner)
    cards[2].close(owner)  # keeps its column, and counts in Done alone
    cards[3].postpone(owner)
    Board.create("Other", by=owner).add_card("elsewhere")
    assert board.counts() == {
        (Place.MAYBE, None): 2,
        (Place.COLUMN, writing.id): 2,
        (Place.NOT_NOW, None): 1,
        (Place.DONE, None): 1,
    }
    assert board.counts()[Place.COLUMN, 12345] == 0


def test_a_card_goes_into_maybe_or_a_column_and_whoever_adds_it_watches(board, owner, member, travel):
    travel(days=3)
    here, there = board.add_card("Here", by=member), board.add_card("There", column=board.columns[1])
    assert (here.place, here.column, here.watchers, here.creator) == (Place.MAYBE, None, [member], member)
    assert (there.place, there.column, there.watchers) == (Place.COLUMN, board.columns[1], [owner])
    assert here.last_active_at == here.created_at
    told = db.session.scalars(db.select(Event).filter_by(card_id=here.id)).one()
    assert (told.kind, told.creator) == ("card_published", member)


def test_a_card_goes_into_no_column_of_another_board(board, owner):
    other = Board.create("Other", by=owner, columns=["Writing"])
    with pytest.raises(Invalid) as refused:
        board.add_card("Lost", column=other.columns[0])
    assert list(refused.value.errors) == ["column"]
    assert board.counts().total() == 0


def test_a_removed_card_takes_all_below_it_and_the_board_remembers(board, owner, member):
    card = board.add_card("Never mind")
    card.assign(member, owner)
    card.comment("Why?", member)
    card.add_step("Ask")
    card.tag("doubt")
    card.gild(owner)
    card.close(owner)
    db.session.commit()
    card.delete(by=owner)
    db.session.commit()
    here = set(db.inspect(db.engine).get_table_names())  # not those of plugins that other tests have loaded
    below = [table for table in db.metadata.sorted_tables if "card_id" in table.c and table.name in here]
    left = [table.name for table in below if rows(table)]
    assert left == ["event"]
    event = db.session.scalars(db.select(Event).order_by(Event.id.desc())).first()
    assert (event.kind, event.card_id, event.creator) == ("card_deleted", None, owner)
    assert event.particulars == {"number": 1, "title": "Never mind"}
    assert db.session.scalars(db.select(Event.kind).where(Event.card_id.is_not(None))).all() == []


def rows(table) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(table))
