"""Which days have something to tell, on either database, and how they are found."""

from datetime import date

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Event
from host.web.happenings import ADDED, DONE, UPDATED, Happenings


@pytest.fixture
def happened(board, owner, member):
    """Ada's card is added and closed by Ben on the evening of the 3rd, in UTC; in Berlin it is the 4th by then."""
    card = board.add_card("Sow the rye", by=owner)
    card.close(member)
    db.session.flush()
    for number, event in enumerate(db.session.scalars(select(Event).where(Event.card_id.is_not(None)))):
        event.at = event.at.replace(year=2026, month=3, day=3, hour=22 + number, minute=30, second=0, microsecond=0)
    db.session.flush()
    return card


def test_days_are_those_of_whoever_looks(happened, owner):
    owner.live_in("UTC")
    assert Happenings(owner).last_day() == date(2026, 3, 3)
    assert Happenings(owner).counts(date(2026, 3, 3)) == {ADDED: 1, DONE: 1}
    owner.live_in("Europe/Berlin")
    assert Happenings(owner).last_day() == date(2026, 3, 4)
    assert Happenings(owner).counts(date(2026, 3, 3)) == {ADDED: 1}
    assert Happenings(owner).counts(date(2026, 3, 4)) == {DONE: 1}


def test_what_is_asked_for_is_all_that_is_told(happened, owner, member, board):
    owner.live_in("UTC")
    theirs = Happenings(owner, people=[member.id])
    assert [event.kind for event in theirs.events(date(2026, 3, 3), DONE, 9)] == ["card_closed"]
    assert theirs.events(date(2026, 3, 3), ADDED, 9) == theirs.events(date(2026, 3, 3), UPDATED, 9) == []
    assert Happenings(owner, [board.id + 1]).last_day() is None
    assert Happenings(owner, [board.id]).last_day() == date(2026, 3, 3)


def test_no_more_come_than_are_asked_for_the_latest_first(board, owner):
    owner.live_in("UTC")
    for title in "abc":
        board.add_card(title, by=owner)
    day = Happenings(owner).last_day()
    assert [event.card.title for event in Happenings(owner).events(day, ADDED, 2)] == ["c", "b"]


@pytest.mark.sqlite_only("PostgreSQL plans by what the tables hold, and these hold nothing")
@pytest.mark.parametrize(("people", "index"), [([], "ix_event_account_id_at"), ([1], "ix_event_creator_id_at")])
def test_a_day_is_found_by_an_index(plan, owner, people, index):
    found = Happenings(owner, people=people)
    latest = found._shown().with_only_columns(Event.at).order_by(Event.at.desc()).limit(1)
    for query in (latest, found._shown(*found._on(date(2026, 3, 3)))):
        assert f"SEARCH event USING INDEX {index}" in plan(query)
    assert "TEMP B-TREE" not in plan(latest)
