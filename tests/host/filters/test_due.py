"""Cards by the day by which they are to be done, on either database."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from host.clock import now
from host.db import db
from host.filters import Due, Filter
from host.models import Card

TUESDAY = date(2030, 5, 14)


@pytest.fixture
def found(owner):
    """`found("overdue")`: the titles of the cards that it finds."""

    def titles(*asked):
        db.session.flush()
        wanted = Filter.read(MultiDict([("due", each) for each in asked]))
        return set(db.session.scalars(select(Card.title).where(*wanted.conditions(owner))))

    return titles


@pytest.fixture
def dated(board, owner, travel):
    """Cards that are due from two days ago on to in two weeks, one done, one without a day. It is a Tuesday noon."""
    owner.zone = "UTC"
    noon = now().replace(hour=12, minute=0)
    travel(days=(TUESDAY - noon.date()).days, seconds=(noon - now()).total_seconds())
    assert now().date() == TUESDAY
    for away in (-2, -1, 0, 5, 6, 12, 13):
        board.add_card(f"{away}").set_due(TUESDAY + timedelta(days=away), owner)
    done = board.add_card("done")
    done.set_due(TUESDAY - timedelta(days=1), owner)
    done.close(owner)
    board.add_card("never")


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        (["overdue"], {"-2", "-1"}),
        (["today"], {"0"}),
        (["this_week"], {"-1", "0", "5", "done"}),
        (["next_week"], {"6", "12"}),
        (["any"], {"-2", "-1", "0", "5", "6", "12", "13", "done"}),
        (["none"], {"never"}),
        (["today", "none"], {"0", "never"}),
        (["overdue", "next_week"], {"-2", "-1", "6", "12"}),
        (["soon", "", "TODAY "], {"-2", "-1", "0", "5", "6", "12", "13", "done", "never"}),
    ],
)
def test_any_of_the_days_will_do(dated, found, asked, titles):
    assert found(*asked) == titles


def test_the_day_is_the_one_of_whoever_asks(dated, found, owner):
    owner.zone = "Pacific/Kiritimati"  # where it is Wednesday already
    assert found("today") == set()
    assert found("overdue") == {"-2", "-1", "0"}
    owner.zone = "Pacific/Pago_Pago"
    assert found("today") == {"0"}


def test_each_that_means_a_day_can_be_asked_for(dated, found):
    assert all(found(due) for due in Due)


def test_boards_and_all_cards_are_narrowed_by_it_and_say_so(dated, client, board):
    db.session.commit()
    for address in (f"/boards/{board.id}", "/cards"):
        page = client.get(f"{address}?due=today&due=none").text
        assert "Due today" in page
        assert "Without a date" in page
        assert ">never<" in page
        assert ">13<" not in page


def test_a_view_keeps_it(dated, client):
    db.session.commit()
    kept = client.post("/views", data={"name": "Late", "query": "due=overdue"})
    assert "due=overdue" in kept.headers["Location"]


def test_the_palette_leads_to_what_is_overdue(dated, client):
    db.session.commit()
    assert 'href="/cards?due=overdue"' in client.get("/palette").text
