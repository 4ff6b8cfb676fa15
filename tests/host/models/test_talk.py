"""Comments and steps."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from host.clock import now
from host.db import db
from host.errors import Invalid, NotFound
from host.models import Event


def test_a_comment_is_activity_and_its_author_watches(card, member, log, travel):
    travel(days=1)
    before = now()
    comment = card.comment(" Still\r\non it ", member)
    db.session.commit()
    assert (comment.body, comment.creator) == ("Still\non it", member)
    assert card.watched_by(member)
    assert card.last_active_at >= before
    event = db.session.scalars(select(Event).filter_by(kind="comment_created")).one()
    assert event.particulars == {"comment_id": comment.id}


def test_without_an_author_the_cards_creator_speaks(card, owner):
    assert card.comment("x").creator is owner


def test_comments_come_in_the_order_of_their_times(card, owner):
    card.comment("second")
    card.comment("first", owner, at=now() - timedelta(days=9))
    db.session.commit()
    db.session.expire_all()
    assert [comment.body for comment in card.comments] == ["first", "second"]


def test_closed_and_resting_cards_may_be_talked_about(card, owner, log):
    card.close(owner)
    card.comment("Done on Sunday")
    card.postpone(owner)
    card.comment("Or not")
    assert log(card) == ["card_closed", "comment_created", "card_reopened", "card_postponed", "comment_created"]


@pytest.mark.parametrize("body", ["", " \n ", "\x00", "x" * 100_001])
def test_an_empty_or_huge_comment_is_refused(card, log, body):
    touched = card.last_active_at
    with pytest.raises(Invalid) as refused:
        card.comment(body)
    assert list(refused.value.errors) == ["body"]
    assert (card.comments, log(card), card.last_active_at) == ([], [], touched)


def test_steps_keep_their_order_and_count(card):
    one, two, three = (card.add_step(text, done=text == "two") for text in ("one", "two", "three"))
    db.session.commit()
    db.session.expire_all()
    assert card.steps == [one, two, three]
    assert (card.steps_done, two.done, one.done) == (1, True, False)


def test_ticking_keeps_the_first_time(card, travel):
    step = card.add_step("one", done=True)
    first = step.done_at
    travel(hours=1)
    step.tick()
    assert step.done_at == first
    step.tick(done=False)
    step.tick(done=False)
    assert step.done_at is None


def test_steps_are_no_activity(card, log, travel):
    touched = card.last_active_at
    travel(days=1)
    card.add_step("one").tick()
    assert (card.last_active_at, log(card)) == (touched, [])


@pytest.mark.parametrize("text", ["", "  ", "\x00", "x" * 1001])
def test_an_empty_or_very_long_step_is_refused(card, text):
    with pytest.raises(Invalid) as refused:
        card.add_step(text)
    assert list(refused.value.errors) == ["text"]
    assert card.steps == []


def test_a_step_is_found_on_its_own_card_alone(board, card):
    step = card.add_step("one")
    assert card.step(step.id) is step
    with pytest.raises(NotFound):
        board.add_card("other").step(step.id)
