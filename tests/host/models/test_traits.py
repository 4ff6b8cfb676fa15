"""Gold, tags, watching, assigning and moving to another board."""

import pytest
from sqlalchemy import select

from host.clock import now
from host.db import db
from host.errors import Invalid
from host.models import Access, Board, Event, Place, Tag, User


def test_gold_comes_and_goes_and_is_no_activity(card, owner, log, travel):
    touched = card.last_active_at
    travel(days=1)
    for golden in (True, True, False, False, True):
        card.gild(owner, golden=golden)
        db.session.commit()
        assert card.golden is golden
    assert (card.last_active_at, log(card)) == (touched, [])


def test_tags_are_shared_by_the_space_in_small_letters(board, card, log, travel):
    touched = card.last_active_at
    travel(days=1)
    tag = card.tag(" #Garden  Work ")
    assert board.add_card("other").tag("garden work") is tag
    card.tag("GARDEN WORK")
    card.tag("autumn")
    db.session.commit()
    db.session.expire_all()
    assert [each.title for each in card.tags] == ["garden work", "autumn"]
    assert (card.last_active_at, log(card)) == (touched, [])


def test_each_space_has_tags_of_its_own(card, stranger):
    theirs = Board.create("Theirs", by=stranger).add_card("x").tag("garden")
    assert card.tag("garden") is not theirs
    assert len(db.session.scalars(select(Tag).filter_by(title="garden")).all()) == 2


def test_a_tag_is_taken_off(card):
    card.tag("garden")
    card.untag("#Garden")
    card.untag("never there")
    db.session.commit()
    db.session.expire_all()
    assert card.tags == []
    assert db.session.scalars(select(Tag.title)).all() == ["garden"]


@pytest.mark.parametrize("title", ["", " # ", "##", "\x00"])
def test_a_tag_needs_a_word(card, title):
    with pytest.raises(Invalid) as refused:
        card.tag(title)
    assert list(refused.value.errors) == ["tag"]


def test_a_very_long_tag_is_cut(card):
    assert len(card.tag("x" * 500).title) == 100
    card.untag("x" * 500)
    assert card.tags == []


def test_watching_is_remembered_either_way(card, owner, member):
    assert card.watchers == [owner]
    card.watch(member)
    card.watch(owner, watching=False)
    card.watch(owner, watching=False)
    db.session.commit()
    db.session.expire_all()
    assert card.watchers == [member]
    assert len(card.watches) == 2
    card.comment("back again", owner)
    assert set(card.watchers) == {owner, member}


def test_whoever_gets_a_card_watches_it_and_goes_on_when_it_is_taken(card, owner, member, log, travel):
    travel(days=1)
    before = now()
    card.assign(member, owner)
    card.assign(member, owner)
    assert card.assignees == [member]
    assert card.watched_by(member)
    assert card.last_active_at >= before
    card.unassign(member, owner)
    card.unassign(member, owner)
    assert card.assignees == []
    assert card.watched_by(member)
    assert log(card) == ["card_assigned", "card_unassigned"]
    events = db.session.scalars(select(Event).where(Event.kind.in_(["card_assigned", "card_unassigned"]))).all()
    assert [event.particulars for event in events] == [{"assignee_ids": [member.id]}] * 2


def test_a_card_is_given_to_those_who_may_see_it(owner, member, stranger):
    closed = Board.create("Closed", by=owner, all_access=False)
    card = closed.add_card("x", by=owner)
    gone = User.join(owner.account, name="Gone", email=None)
    closed.grant([gone])
    gone.deactivate()
    for person in (member, stranger, gone):
        with pytest.raises(Invalid) as refused:
            card.assign(person, owner)
        assert list(refused.value.errors) == ["assignee"]
    assert card.assignees == []


def test_a_card_has_at_most_100_assignees(card, owner):
    for number in range(100):
        card.assign(User.join(owner.account, name=f"Helper {number}", email=None), owner)
    with pytest.raises(Invalid, match="at most 100"):
        card.assign(owner, owner)


def test_a_card_moves_with_its_history_and_its_assignees(board, card, owner, member, log):
    card.triage_into(board.columns[0], owner)
    card.assign(member, owner)
    closed = Board.create("Closed", by=owner, all_access=False)
    card.move_to(closed, owner)
    db.session.commit()
    assert (card.board, card.column, card.place) == (closed, None, Place.MAYBE)
    assert set(db.session.scalars(select(Event.board_id).filter_by(card_id=card.id))) == {closed.id}
    assert closed.people == [owner, member]
    event = db.session.scalars(select(Event).filter_by(kind="card_board_changed")).one()
    assert event.particulars == {"old_board": "Launch", "old_board_id": board.id, "new_board": "Closed"}


@pytest.mark.parametrize("place", ["done", "not_now"])
def test_moving_to_another_board_leaves_a_card_done_or_resting(card, owner, place):
    (card.close if place == "done" else card.postpone)(owner)
    card.move_to(Board.create("Second", by=owner), owner)
    db.session.commit()
    assert card.place == place


def test_moving_to_its_own_board_changes_nothing(board, card, owner, log):
    card.triage_into(board.columns[0], owner)
    card.move_to(board, owner)
    assert (log(card), card.column) == (["card_triaged"], board.columns[0])


def test_a_card_never_leaves_its_space(card, owner, stranger):
    with pytest.raises(Invalid) as refused:
        card.move_to(Board.create("Theirs", by=stranger), owner)
    assert list(refused.value.errors) == ["board"]
    assert db.session.scalars(select(Access).filter_by(user_id=owner.id)).one().board_id == card.board_id
