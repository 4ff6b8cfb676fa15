"""Cards that are deleted, brought back, and gone in the end."""

import pytest
from sqlalchemy import select

from host.db import db
from host.errors import NotFound
from host.jobs import Job
from host.models import Card, Event, Place, Removal
from host.models.card.consistency import misplaced
from host.models.card.deleting import delete_removed
from host.models.card.removable import HELD
from host.permissions import visible


@pytest.fixture
def full(card, board, owner, member):
    """A card with something of everything."""
    card.triage_into(board.columns[0], owner)
    card.comment("Still on it", member)
    card.gild(owner)
    card.assign(member, owner)
    db.session.commit()
    return card


def kinds():
    return list(db.session.scalars(select(Event.kind).order_by(Event.id)))


def test_it_is_in_no_list_and_found_by_nobody(full, board, owner):
    full.remove(owner)
    full.remove(owner)
    db.session.commit()
    assert db.session.scalars(select(Card).where(visible(Card, owner))).all() == []
    seen = select(Event).where(visible(Event, owner), Event.card_id == full.id)
    assert db.session.scalars(seen).all() == []
    for ask in (owner.card, owner.card_or_draft):
        with pytest.raises(NotFound):
            ask(full.number)
    assert owner.removed_card(full.number) is full
    assert db.session.scalars(misplaced()).all() == []


def test_it_comes_back_as_it_was_and_nobody_hears(full, board, owner, member):
    before, touched = kinds(), full.last_active_at
    full.remove(owner)
    db.session.commit()
    full.bring_back()
    db.session.commit()
    assert (full.place, full.column, full.golden, full.assignees) == (Place.COLUMN, board.columns[0], True, [member])
    assert (kinds(), full.last_active_at, len(full.comments)) == (before, touched, 1)
    with pytest.raises(NotFound):
        owner.removed_card(full.number)


def test_after_ten_minutes_it_goes_and_that_is_told(full, owner, travel):
    full.remove(owner)
    db.session.commit()
    job = db.session.scalars(select(Job).filter_by(task="host.delete_card")).one()
    assert job.run_at - full.removal.at >= HELD
    travel(minutes=10)
    delete_removed.run(full.removal.id)
    db.session.commit()
    assert db.session.scalars(select(Card)).all() == []
    assert kinds()[-1] == "card_deleted"


def test_what_was_brought_back_and_removed_again_has_its_ten_minutes_anew(full, owner, travel):
    full.remove(owner)
    first = full.removal.id
    db.session.commit()
    full.bring_back()
    db.session.commit()
    travel(minutes=9)
    full.remove(owner)
    db.session.commit()
    travel(minutes=2)
    delete_removed.run(first)
    db.session.commit()
    assert db.session.scalars(select(Removal.card_id)).all() == [full.id]


def test_without_its_column_it_comes_back_to_maybe(full, board, owner):
    full.remove(owner)
    db.session.commit()
    board.columns[0].delete(by=owner)
    db.session.commit()
    full.bring_back()
    assert full.place is Place.MAYBE
