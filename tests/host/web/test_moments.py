"""Times by the clock of whoever reads them."""

from datetime import UTC, datetime

import pytest

from host.db import db
from host.web.moments import local_time, short_day

NEW_YEAR = datetime(2026, 1, 1, 2, tzinfo=UTC)


def test_a_page_goes_by_the_clock_of_who_reads_it(client, browser, board, owner, member):
    board.grant([member])
    card = board.add_card("Cut the reeds", by=owner)
    comment = card.comment("Soon", owner)
    comment.created_at = datetime(2020, 1, 1, 2, 30, tzinfo=UTC)
    owner.live_in("Asia/Kolkata")
    member.live_in("America/New_York")
    db.session.commit()
    assert "1 Jan 2020, 08:00" in client.get("/cards/1").text
    assert "31 Dec 2019, 21:30" in browser(member).get("/cards/1").text


@pytest.mark.parametrize(
    ("zone", "clock", "day"), [("Asia/Kolkata", "07:30", "1 Jan 2020"), ("America/New_York", "21:00", "31 Dec 2019")]
)
def test_a_letter_goes_by_the_clock_of_whom_it_is_for(owner, zone, clock, day):
    owner.live_in(zone)
    at = NEW_YEAR.replace(year=2020)
    assert (f"{local_time(at, owner):%H:%M}", short_day(at, owner)) == (clock, day)


def test_where_nobody_reads_it_is_this_computers(app):
    assert local_time(NEW_YEAR) == NEW_YEAR
    assert local_time(NEW_YEAR).utcoffset() == NEW_YEAR.astimezone().utcoffset()


def test_who_did_not_choose_goes_by_this_computers(app, owner, account):
    assert local_time(NEW_YEAR, owner).replace(tzinfo=None) == NEW_YEAR.astimezone().replace(tzinfo=None)
