"""There and back in one transaction, with everything loaded and nothing written in between: the old row is gone before
the new one comes, for no card has two closures or two golds."""

import pytest

from host.db import db
from host.models import Card, Place, User


@pytest.fixture
def by(owner: User) -> User:
    """Ada, known in full, so that asking for her writes nothing by the way."""
    db.session.refresh(owner)
    return owner


@pytest.fixture
def known(card: Card, by: User):
    """known(): the card after a commit, with all that hangs on it known."""

    def know() -> Card:
        db.session.commit()
        _ = by.name, card.title, card.board.name, card.closure, card.postponement, card.goldness, card.column
        _ = card.assignments, card.watches, card.taggings, card.creator
        return card

    return know


def test_closed(known, by):
    known().close(by)
    card = known()
    first = card.closure
    with db.session.no_autoflush:
        card.reopen(by)
        card.close(by)
    db.session.commit()
    assert card.place is Place.DONE
    assert card.closure is not first


@pytest.mark.parametrize("back", ["send_back_to_triage", "close"])
def test_resting(known, by, back):
    known().postpone(by)
    card = known()
    with db.session.no_autoflush:
        getattr(card, back)(by)
        card.postpone(by)
    db.session.commit()
    assert (card.place, card.closure) == (Place.NOT_NOW, None)


def test_golden(known, by):
    known().gild(by)
    card = known()
    with db.session.no_autoflush:
        card.gild(by, golden=False)
        card.gild(by)
    db.session.commit()
    assert card.golden


def test_assigned(known, by):
    known().assign(by, by)
    card = known()
    card.unassign(by, by)
    card.assign(by, by)
    db.session.commit()
    assert card.assignees == [by]


def test_tagged(known):
    known().tag("reeds")
    card = known()
    card.untag("reeds")
    card.tag("reeds")
    db.session.commit()
    assert [tag.title for tag in card.tags] == ["reeds"]


def test_a_step_comes_last_whatever_went_before(card):
    steps = [card.add_step(word) for word in ("one", "two", "three", "four")]
    for step in steps[:2]:
        card.steps.remove(step)
    card.add_step("five")
    db.session.commit()
    assert [step.text for step in card.steps] == ["three", "four", "five"]


@pytest.mark.parametrize("typed", ["# #reeds", "##reeds ", "#" * 3 + " Reeds", "r" * 99 + " eeds"])
def test_a_tag_can_be_taken_off_by_its_own_title(card, typed):
    tag = card.tag(typed)
    card.untag(tag.title)
    assert card.tags == []
