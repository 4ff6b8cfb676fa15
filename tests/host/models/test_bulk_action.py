"""One action on many cards, and its undo."""

import pytest

from host.db import db
from host.errors import Forbidden, Invalid, NotFound
from host.models import Account, Board, BulkAction, Event, Place
from host.models.bulk_action import cards_numbered
from host.models.card.standing import Standing


@pytest.fixture
def cards(board, owner, member):
    """In a column, in Maybe?, at rest and done."""
    cards = [board.add_card(title, by=owner) for title in ("Writing", "Maybe", "Resting", "Done")]
    cards[0].triage_into(board.columns[0], owner)
    cards[2].postpone(member)
    cards[3].triage_into(board.columns[1], owner)
    cards[3].close(member)
    cards[1].tag("garden")
    db.session.commit()
    return cards


def places(cards):
    return [(card.place.value, card.column.name if card.column else None) for card in cards]


WAYS = {
    "close": lambda cards, _board, owner, _member: BulkAction.close(cards, owner),
    "postpone": lambda cards, _board, owner, _member: BulkAction.postpone(cards, owner),
    "into a column": lambda cards, board, owner, _member: BulkAction.move(cards, board.columns[1], owner),
    "to Maybe?": lambda cards, _board, owner, _member: BulkAction.move(cards, None, owner),
    "tag": lambda cards, _board, owner, _member: BulkAction.tag(cards, "Garden", owner),
    "assign": lambda cards, _board, owner, member: BulkAction.assign(cards, member, owner),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_done_is_undone(cards, board, owner, member, travel, way):
    before = [Standing.of(card) for card in cards]
    watchers = [sorted(person.id for person in card.watchers) for card in cards]
    travel(minutes=5)
    done = WAYS[way](cards, board, owner, member)
    db.session.commit()
    changed = sum(Standing.of(card) != stood for card, stood in zip(cards, before, strict=True))
    assert done.count == changed > 0
    travel(minutes=9)
    assert done.undo() == changed
    db.session.commit()
    assert [Standing.of(card) for card in cards] == before
    assert [sorted(person.id for person in card.watchers) for card in cards] == watchers


def test_what_lies_in_the_archive_is_not_put_back(cards, board, owner):
    done = BulkAction.close(cards, owner)
    stood = [Standing.of(card) for card in cards]
    board.archive(by=owner)
    db.session.commit()
    with pytest.raises(Forbidden):
        done.undo()
    assert [Standing.of(card) for card in cards] == stood
    board.unarchive(by=owner)
    assert done.undo() == 3


def test_they_go_by_the_rules_of_each_card(cards, board, owner):
    done = BulkAction.move(cards, board.columns[1], owner)
    assert places(cards) == [("column", "Checking")] * 4
    assert done.count == 4
    assert BulkAction.move(cards, board.columns[1], owner).count == 0
    assert BulkAction.close(cards, owner).count == 4
    assert {card.place for card in cards} == {Place.DONE}
    kinds = [event.kind for event in db.session.scalars(db.select(Event).where(Event.card_id == cards[3].id))]
    assert kinds[-3:] == ["card_reopened", "card_triaged", "card_closed"]


def test_what_somebody_touched_since_stays(cards, owner, member, travel):
    done = BulkAction.close(cards, owner)
    db.session.commit()
    travel(minutes=1)
    cards[0].comment("Not yet", member)
    cards[1].tag("water")
    db.session.commit()
    assert done.undo() == 1
    assert [card.place for card in cards] == [Place.DONE, Place.DONE, Place.NOT_NOW, Place.DONE]


def test_a_column_that_is_gone_meanwhile_is_maybe(cards, board, owner):
    done = BulkAction.postpone(cards[:1], owner)
    db.session.commit()
    board.columns[0].delete(by=owner)
    db.session.commit()
    done.undo()
    db.session.commit()
    assert places(cards[:1]) == [("maybe", None)]


def test_a_card_that_is_gone_meanwhile_is_passed_over(cards, owner):
    done = BulkAction.tag(cards, "water", owner)
    db.session.commit()
    cards[0].delete(by=owner)
    db.session.commit()
    assert done.undo() == 3


def test_it_is_undone_once_and_for_ten_minutes(cards, owner, travel):
    done, late = BulkAction.tag(cards, "water", owner), BulkAction.tag(cards, "wind", owner)
    done.undo()
    with pytest.raises(Invalid):
        done.undo()
    travel(minutes=10)
    assert not late.undoable
    with pytest.raises(Invalid):
        late.undo()


def test_it_is_theirs_alone_and_forgotten_with_the_next(cards, owner, member, travel):
    done = BulkAction.tag(cards, "water", owner)
    with pytest.raises(NotFound):
        BulkAction.one(member, done.id)
    travel(minutes=11)
    BulkAction.tag(cards, "wind", owner)
    assert [action.at for action in db.session.scalars(db.select(BulkAction))] != [done.at]
    assert db.session.query(BulkAction).count() == 1


def test_all_or_nothing(cards, board, owner, account):
    elsewhere = Board.create("Other", by=owner, columns=["Far"])
    foreign = elsewhere.add_card("Foreign", by=owner)
    with pytest.raises(Invalid):
        BulkAction.move([cards[1], foreign], board.columns[0], owner)
    db.session.rollback()
    assert cards[1].place is Place.MAYBE


def test_only_cards_that_one_may_see(cards, owner, member):
    secret = Board.create("Secret", by=member, all_access=False).add_card("Hidden", by=member)
    eve = Account.open("Far", owner_name="Eve", email=None)
    Board.create("Theirs", by=eve).add_card("Foreign", by=eve)
    numbers = [card.number for card in cards]
    assert [card.number for card in cards_numbered([*numbers, secret.number, 4711, 10**30, -1], owner)] == numbers
    with pytest.raises(NotFound):
        cards_numbered([secret.number], owner)
    with pytest.raises(Invalid):
        cards_numbered(range(1, 102), owner)
