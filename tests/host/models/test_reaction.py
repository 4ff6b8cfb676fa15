"""Short answers to cards and comments."""

import pytest
from sqlalchemy import select

from host.db import db
from host.errors import Forbidden, Invalid, NotFound
from host.models import Reaction


def reactions():
    found = db.session.scalars(select(Reaction).where(Reaction.standing).order_by(Reaction.id))
    return [(each.content, each.comment_id, each.creator.name) for each in found]


def test_to_react_is_activity_and_to_take_it_back_is_none(card, member, log, travel):
    travel(days=1)
    before = card.last_active_at
    reaction = card.react(" 👍 ", member)
    touched = card.last_active_at
    travel(days=1)
    card.take_reaction_back(reaction.id, member)
    db.session.commit()
    assert touched > before
    assert (card.last_active_at, log(card), reactions()) == (touched, ["reaction_created"], [])


def test_the_same_again_changes_nothing(card, owner, member, log):
    comment = card.comment("Done?")
    first = card.react("👍", member)
    assert card.react("👍", member) is first
    for given in (card.react("👍", owner), card.react("yes", member), card.react("👍", member, comment=comment)):
        assert given is not first
    assert len(log(card)) == 5
    assert reactions()[-1] == ("👍", comment.id, "Ben Hollow")


@pytest.mark.parametrize("content", ["", " ", "\u200b", "\x00", "x" * 17])
def test_an_empty_or_long_one_is_refused(card, member, content, log):
    with pytest.raises(Invalid):
        card.react(content, member)
    assert (reactions(), log(card)) == ([], [])


def test_one_person_says_no_more_than_twenty(card, owner, member):
    for number in range(20):
        card.react(str(number), member)
    with pytest.raises(Invalid):
        card.react("one more", member)
    card.react("one more", owner)


def test_it_is_taken_back_by_who_gave_it_on_its_card(board, card, owner, member):
    reaction = card.react("👍", member)
    with pytest.raises(Forbidden):
        card.take_reaction_back(reaction.id, owner)
    with pytest.raises(NotFound):
        board.add_card("other").take_reaction_back(reaction.id, member)
    assert len(reactions()) == 1
