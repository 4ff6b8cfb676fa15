"""Filters under a name."""

import pytest

from host.db import db
from host.errors import Invalid, NotFound
from host.models import SavedView, User

GARDEN = {"tag": ["garden"]}


def names(person):
    return [view.name for view in db.session.scalars(SavedView.of(person))]


def test_each_has_their_own_by_name(owner, member):
    for name in ("weeding", "Autumn"):
        SavedView.keep(owner, name, GARDEN)
    theirs = SavedView.keep(member, "weeding", GARDEN)
    assert names(owner) == ["Autumn", "weeding"]
    assert names(member) == ["weeding"]
    with pytest.raises(NotFound):
        SavedView.one(owner, theirs.id)


def test_a_name_is_given_once(owner):
    first, second = SavedView.keep(owner, "Weeding", GARDEN), SavedView.keep(owner, "Autumn", GARDEN)
    with pytest.raises(Invalid) as refused:
        SavedView.keep(owner, " Weeding ", GARDEN)
    assert [*refused.value.errors] == ["name"]
    with pytest.raises(Invalid):
        second.rename("Weeding")
    first.rename("Weeding")
    second.rename("Harvest")
    assert names(owner) == ["Harvest", "Weeding"]


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 121])
def test_a_name_can_be_read(owner, name):
    with pytest.raises(Invalid):
        SavedView.keep(owner, name, GARDEN)
    assert names(owner) == []


def test_it_asks_for_something(owner):
    with pytest.raises(Invalid) as refused:
        SavedView.keep(owner, "All", {})
    assert [*refused.value.errors] == ["filter"]


def test_columns_are_those_of_one_board(owner):
    assert SavedView.keep(owner, "One", {"board": ["1"], **GARDEN}, columned=True).columned
    assert not SavedView.keep(owner, "Two", {"board": ["1", "2"]}, columned=True).columned
    assert not SavedView.keep(owner, "None", GARDEN, columned=True).columned


def test_nobody_has_more_than_a_hundred(owner, member):
    db.session.add_all([SavedView(user=owner, name=f"View {number}", asked=GARDEN) for number in range(100)])
    with pytest.raises(Invalid):
        SavedView.keep(owner, "One more", GARDEN)
    SavedView.keep(member, "First", GARDEN)


def test_they_go_with_their_person(account, owner):
    gone = User.join(account, name="Cy", email=None)
    SavedView.keep(gone, "Mine", GARDEN)
    db.session.delete(gone)
    db.session.flush()
    assert db.session.query(SavedView).count() == 0


def test_it_follows_a_tag_that_is_renamed_or_becomes_another(board, owner, member):
    card = board.add_card("Sow the rye", by=owner)
    garden, water = card.tag("garden"), card.tag("water")
    view = SavedView.keep(owner, "Weeding", {"tag": ["garden", "other"], "golden": ["1"]})
    theirs = SavedView.keep(member, "Weeding", {"golden": ["1"]})
    db.session.commit()
    garden.change({"title": "Orchard", "hue": "sky"}, by=owner)
    db.session.commit()
    assert view.asked == {"tag": ["orchard", "other"], "golden": ["1"]}
    garden.merge_into(water, by=owner)
    db.session.commit()
    assert view.asked["tag"] == ["water", "other"]
    assert theirs.asked == {"golden": ["1"]}
