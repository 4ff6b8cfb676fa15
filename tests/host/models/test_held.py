"""Steps, reactions and files that are taken away, brought back, and gone in the end."""

from io import BytesIO

import pytest
from sqlalchemy import select

from host.db import db
from host.errors import Forbidden, Invalid, NotFound
from host.files import File
from host.jobs import Job
from host.models import Attachment, Reaction, Step
from host.models.held import HELD
from host.models.held_forgetting import KINDS, throw_away


@pytest.fixture
def steps(card):
    made = [card.add_step(text) for text in ("one", "two", "three")]
    db.session.commit()
    return made


@pytest.fixture
def parts(card, steps, member):
    """One of each kind, taken away in one go: by the name of its table."""
    reaction, file = card.react("👍", member), card.attach(BytesIO(b"oak"), "oak.txt", member)
    db.session.commit()
    found = {"step": steps[1], "reaction": reaction, "attachment": file}
    card.remove_step(steps[1])
    card.take_reaction_back(reaction.id, member)
    card.detach(file)
    db.session.commit()
    return found


def texts(card):
    return [step.text for step in card.steps]


def count(model):
    return len(db.session.scalars(select(model)).all())


def test_what_is_taken_away_is_nowhere(card, parts):
    assert texts(card) == ["one", "three"]
    assert card.attachments == []
    with pytest.raises(NotFound):
        card.step(parts["step"].id)
    with pytest.raises(NotFound):
        card.attachment(parts["attachment"].id)
    assert db.session.scalars(select(Reaction).where(Reaction.standing)).all() == []
    assert not any(part.standing for part in parts.values())


def test_it_comes_back_as_it_was_and_is_no_activity(card, steps, parts, member, log, travel):
    before, touched = log(card), card.last_active_at
    travel(minutes=9)
    assert card.bring_back_step(parts["step"].id) is steps[1]
    assert card.bring_back_file(parts["attachment"].id) is parts["attachment"]
    assert card.bring_back_reaction(parts["reaction"].id, member) is parts["reaction"]
    db.session.commit()
    assert texts(card) == ["one", "two", "three"]
    assert card.attachments == [parts["attachment"]]
    assert (log(card), card.last_active_at) == (before, touched)


def test_after_ten_minutes_a_job_throws_it_away(card, parts, member, travel):
    jobs = db.session.scalars(select(Job).filter_by(task="host.throw_away")).all()
    assert sorted(job.payload["part"] for job in jobs) == sorted(KINDS)
    assert min(job.run_at for job in jobs) >= min(part.removed_at for part in parts.values()) + HELD
    travel(minutes=10)
    for job in jobs:
        throw_away.run(**job.payload)
    db.session.commit()
    assert (count(Step), count(Reaction), count(Attachment), count(File)) == (2, 0, 0, 0)
    with pytest.raises(NotFound):
        card.bring_back_step(1)


def test_what_was_put_back_or_taken_away_anew_is_let_be(card, steps, travel):
    ids = [step.id for step in steps]
    for step in steps[:2]:
        card.remove_step(step)
    db.session.commit()
    travel(minutes=9)
    for id in ids[:2]:  # noqa: A001
        card.bring_back_step(id)
    card.remove_step(steps[1])
    travel(minutes=2)
    for id in [*ids, 4711]:  # noqa: A001
        throw_away.run("step", id)
    db.session.commit()
    assert texts(card) == ["one", "three"]
    assert card.bring_back_step(ids[1]).text == "two"


def test_it_comes_back_to_its_own_card_alone(board, parts, member):
    other = board.add_card("Other")
    with pytest.raises(NotFound):
        other.bring_back_step(parts["step"].id)
    with pytest.raises(NotFound):
        other.bring_back_file(parts["attachment"].id)
    with pytest.raises(NotFound):
        other.bring_back_reaction(parts["reaction"].id, member)


def test_what_stands_cannot_be_brought_back(card, steps):
    with pytest.raises(NotFound):
        card.bring_back_step(steps[0].id)


def test_a_reaction_comes_back_by_who_gave_it_and_once(card, owner, member, parts, monkeypatch):
    gone = parts["reaction"]
    with pytest.raises(Forbidden):
        card.bring_back_reaction(gone.id, owner)
    again = card.react("👍", member)
    assert again is not gone
    assert card.bring_back_reaction(gone.id, member) is again
    card.take_reaction_back(again.id, member)
    monkeypatch.setattr("host.models.card.reactable.MOST_REACTIONS", 1)
    card.react("yes", member)
    with pytest.raises(Invalid):
        card.bring_back_reaction(again.id, member)


def test_a_file_that_finds_no_room_stays_away(card, member, parts, monkeypatch):
    monkeypatch.setattr("host.models.card.attachable.MOST_FILES", 1)
    card.attach(BytesIO(b"elm"), "elm.txt", member)
    with pytest.raises(Invalid):
        card.bring_back_file(parts["attachment"].id)


@pytest.mark.parametrize("end", ["card", "board"])
def test_no_row_of_a_file_is_left_when_its_card_goes(board, card, owner, parts, end):
    if end == "card":
        card.delete(by=owner)
    else:
        board.delete(by=owner)
    db.session.commit()
    assert count(File) == 0
