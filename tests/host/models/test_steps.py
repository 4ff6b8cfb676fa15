"""Steps in other words, in another order, and for somebody."""

import pytest

from host.db import db
from host.errors import Invalid
from host.models import Board


@pytest.fixture
def steps(card):
    made = [card.add_step(text) for text in ("one", "two", "three")]
    db.session.commit()
    return made


def texts(card):
    return [step.text for step in card.steps]


def test_a_step_is_reworded_and_that_is_no_activity(card, steps, member, log):
    touched = card.last_active_at
    card.reword_step(steps[1], " second\r\nstep ", member)
    db.session.commit()
    assert texts(card) == ["one", "second step", "three"]
    assert (card.last_active_at, log(card)) == (touched, [])


@pytest.mark.parametrize("text", ["", " \u200b", "x" * 1001])
def test_an_empty_or_very_long_one_is_refused(card, steps, member, text):
    with pytest.raises(Invalid):
        card.reword_step(steps[0], text, member)
    assert texts(card)[0] == "one"


@pytest.mark.parametrize(
    ("which", "to", "order"),
    [(0, 2, "two three one"), (2, 0, "three one two"), (1, 1, "one two three"), (0, 99, "two three one")],
)
def test_a_step_moves(card, steps, which, to, order):
    card.move_step(steps[which], to)
    db.session.commit()
    assert texts(card) == order.split()
    card.add_step("last")
    assert texts(card)[-1] == "last"


def test_whoever_a_step_names_is_given_the_card(card, owner, member, log):
    step = card.add_step("Oil it, @ben-hollow and @nobody", by=owner)
    assert (card.assignees, card.watched_by(member), log(card)) == ([member], True, ["card_assigned"])
    card.reword_step(step, "Oil it, @ben-hollow", owner)
    card.reword_step(step, "Oil it", owner)
    assert (card.assignees, log(card)) == ([member], ["card_assigned"])


def test_who_may_not_see_the_board_is_not_given_it(owner, member):
    card = Board.create("Closed", by=owner, all_access=False).add_card("Secret")
    card.add_step("Oil it, @ben-hollow", by=owner)
    assert card.assignees == []
