"""People are told once of cards of theirs that will rest soon."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from host import NOTICE, Access, Assignment, Event, db, now
from plugins.entropy import summary, sweep, warning
from plugins.entropy.run import Run
from plugins.entropy.stay import stay


@pytest.fixture
def given(board, member, aged):
    """`given(days=22)`: a card of Ben's that nobody has touched for so long."""

    def make(**ago):
        card = aged(board, **ago)
        db.session.add(Assignment(card_id=card.id, user_id=member.id))
        db.session.commit()
        return card

    return make


@pytest.fixture
def told():
    """`told()`: what the next look tells, as (people, words, where to)."""

    def look():
        before = set(db.session.scalars(select(Event.id)))
        warning.run()
        db.session.commit()
        notices = db.session.scalars(select(Event).filter_by(kind=NOTICE.name).order_by(Event.id)).all()
        said = [event for event in notices if event.id not in before]
        return [(event.particulars["people"], event.particulars["text"], event.particulars["url"]) for event in said]

    return look


def test_a_card_is_told_of_once_when_three_quarters_of_its_time_are_over(given, member, told, travel):
    card = given(days=22)
    assert told() == []
    travel(days=1)
    assert told() == [([member.id], "This rests soon. Touch it to keep it awake.", f"/cards/{card.number}")]
    travel(hours=1)
    assert told() == []


def test_what_rested_soon_before_anybody_looked_is_not_told(given, told, travel):
    given(days=25)
    assert told() == []
    travel(hours=1)
    assert told() == []


def test_several_are_told_in_one_word(given, board, member, told, travel):
    given(days=22, hours=1)
    given(days=22)
    told()
    travel(days=1)
    said = "“Left alone 0” and 1 other rest soon."
    assert told() == [([member.id], said, f"/boards/{board.id}?postponing_soon=1")]


def test_what_nobody_has_or_stays_awake_or_is_due_is_not_told(given, board, owner, aged, told, travel):
    aged(board, days=22)
    stay(given(days=22), owner)
    given(days=22)
    told()
    travel(days=20)
    assert told() == []


def test_a_card_that_was_touched_is_told_of_again_when_its_time_comes(given, owner, told, travel):
    card = given(days=22)
    told()
    travel(days=1)
    told()
    card.keep(owner)
    db.session.commit()
    travel(days=20)
    assert told() == []
    travel(days=3)
    assert len(told()) == 1


def test_a_card_that_went_back_is_told_of_when_its_respite_ends(given, owner, told, travel):
    given(days=31)
    sweep.run()
    db.session.scalars(select(Run)).one().undo(owner)
    db.session.commit()
    assert told() == []
    travel(days=22)
    assert told() == []
    travel(days=1)
    assert len(told()) == 1


def test_a_look_goes_by_the_index_of_what_was_touched(given, told, travel, statements, plan):
    given(days=22)
    told()
    travel(days=1)
    with statements() as seen:
        warning.run()
    looks = [each for each in seen if "JOIN assignment" in each[0]]
    assert "ix_card_awake" in plan(*looks[0])
    assert len(looks) == 2


def test_the_weekly_summary_says_what_rested_and_what_will(board, owner, aged):
    aged(board, days=31)
    sweep.run()
    soon = aged(board, days=25)
    aged(board, days=5)
    rested, coming = summary.sections(owner, now() - timedelta(days=7))
    assert [text for text, _path in rested.lines] == ["Left alone 0"]
    assert coming.lines == [("Left alone 0", f"/cards/{soon.number}")]


def test_a_summary_names_ten_and_counts_the_others(board, owner, aged):
    aged(board, 12, days=25)
    _rested, coming = summary.sections(owner, now())
    assert len(coming.lines) == 11
    assert coming.lines[-1] == ("and 2 others", "/")


def test_a_summary_says_nothing_of_boards_that_its_person_may_not_see(board, member, aged):
    aged(board, days=25)
    db.session.execute(delete(Access).where(Access.user_id == member.id))
    assert all(not section.lines for section in summary.sections(member, now()))
