"""The day by which a card is to be done, and cards like another."""

from datetime import date

from host.db import db
from host.models import Place

DAY = date(2030, 5, 1)


def test_a_day_is_no_activity_and_stands_in_the_log(card, owner, log, travel):
    touched = card.last_active_at
    travel(days=1)
    card.set_due(DAY, owner)
    card.set_due(DAY, owner)
    card.set_due(None, owner)
    db.session.commit()
    assert (card.due_on, card.last_active_at, log(card)) == (None, touched, ["card_due_changed"] * 2)


def test_a_copy_has_the_words_steps_and_tags(card, board, owner, member):
    card.triage_into(board.columns[0], owner)
    card.describe("By **Sunday**", owner)
    card.add_step("Sharpen", done=True)
    card.tag("garden")
    card.assign(owner, owner)
    card.comment("Mine")
    card.set_due(DAY, owner)
    card.gild(owner)
    copy = card.duplicate(member)
    db.session.commit()
    assert (copy.title, copy.description, copy.column) == (card.title, "By **Sunday**", card.column)
    assert copy.creator is member
    assert [(step.text, step.done) for step in copy.steps] == [("Sharpen", False)]
    assert copy.tags == card.tags
    assert (copy.assignees, copy.comments, copy.due_on, copy.golden, copy.watchers) == ([], [], None, False, [member])


def test_a_copy_of_a_card_that_is_done_waits_in_maybe(card, owner):
    card.close(owner)
    assert card.duplicate(owner).place is Place.MAYBE
