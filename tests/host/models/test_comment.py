"""Comments in other words, and comments that are taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from host.clock import now
from host.db import db
from host.errors import Forbidden, Invalid, NotFound
from host.models import Comment, Event, Role, User
from host.models.comment_forgetting import TakenBack


@pytest.fixture
def comment(card, member):
    said = card.comment("By Sundy", member)
    db.session.commit()
    return said


def test_its_author_may_reword_it_and_that_is_no_activity(card, comment, member, log, travel):
    touched = card.last_active_at
    travel(hours=1)
    comment.edit(" By\r\nSunday ", member)
    assert comment.body == "By\nSunday"
    assert comment.edited_at - touched >= timedelta(hours=1)
    assert (card.last_active_at, log(card)) == (touched, ["comment_created"])


def test_the_same_words_change_nothing(comment, member):
    comment.edit("By Sundy ", member)
    assert comment.edited_at is None


def test_nobody_else_may_touch_it_not_even_an_admin(comment, owner, member):
    admin = User.join(owner.account, name="Cleo", email=None, role=Role.ADMIN)
    for person in (owner, admin):
        with pytest.raises(Forbidden):
            comment.edit("Mine", person)
        with pytest.raises(Forbidden):
            comment.remove(person)
    comment.remove(member)
    with pytest.raises(Forbidden):
        comment.restore(owner)
    assert comment.body == "By Sundy"


@pytest.mark.parametrize("body", ["", " \n", "\u200b", "x" * 100_001])
def test_an_empty_or_huge_one_is_refused(comment, member, body):
    with pytest.raises(Invalid):
        comment.edit(body, member)
    assert (comment.body, comment.edited_at) == ("By Sundy", None)


def test_whom_only_the_new_words_name_is_in_the_log(card, comment, member, log):
    comment.edit("By Sunday, @ada-field", member)
    comment.edit("By Monday, @ada-field", member)
    assert log(card) == ["comment_created", "mentions_added"]
    told = db.session.scalars(select(Event).filter_by(kind="mentions_added")).one()
    assert told.particulars == {"comment_id": comment.id}


def test_what_is_taken_back_is_nowhere_and_can_be_restored(card, comment, owner, member, log):
    other = card.comment("Good", owner)
    comment.remove(member)
    db.session.commit()
    assert card.comments == [other]
    with pytest.raises(NotFound):
        card.said(comment.id)
    with pytest.raises(NotFound):
        card.taken_back(comment.id, owner)
    card.taken_back(comment.id, member).restore(member)
    assert [each.body for each in card.comments] == ["By Sundy", "Good"]
    assert card.said(comment.id) is comment
    assert log(card) == ["comment_created", "comment_created"]


def test_its_words_go_after_a_day_and_its_number_is_never_given_again(card, comment, member, travel):
    number = comment.id
    comment.remove(member)
    db.session.commit()
    assert TakenBack().count(now() - timedelta(days=1)) == 0
    travel(days=1, minutes=1)
    before = now() - timedelta(days=1)
    assert TakenBack().remove(before, TakenBack().find(before, 10)) == 1
    assert (TakenBack().count(before), db.session.get(Comment, number, populate_existing=True).body) == (0, "")
    with pytest.raises(NotFound):
        card.taken_back(number, member).restore(member)
    assert card.comment("Next", member).id != number


def test_it_is_found_on_its_own_card_alone(board, comment, member):
    other = board.add_card("other")
    with pytest.raises(NotFound):
        other.said(comment.id)
    comment.remove(member)
    with pytest.raises(NotFound):
        other.taken_back(comment.id, member)
