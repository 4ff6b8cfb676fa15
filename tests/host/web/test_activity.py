"""What happened, by day; and the page of a person."""

import re
from datetime import timedelta

import pytest

from host.clock import now
from host.db import db
from host.models import Account, Board, User

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; which days are found: test_happenings")


@pytest.fixture
def noon(travel, owner):
    """It is noon of the next day where Ada lives."""
    owner.live_in("Europe/Berlin")
    here = now().astimezone(owner.timezone)
    travel(seconds=(here.replace(hour=12, minute=0, second=0) + timedelta(days=1) - here).total_seconds())
    db.session.commit()


def test_a_day_has_what_was_added_what_changed_and_what_is_done(client, read, board, owner, member, noon, travel):
    rye = board.add_card("Sow the rye", by=owner)
    travel(hours=1)
    rye.assign(member, owner)
    rye.comment("Soon", member)
    travel(minutes=20)
    rye.close(owner)
    db.session.commit()
    page = read("/activity")
    assert "Added 1 Updated 2 Done 1" in page.words
    html = client.get("/activity").text
    assert re.findall(r">(\d\d:00)<", html) == ["13:00", "12:00"]
    later, first = (hour.split("<ol")[1:] for hour in html.split('<div class="hour">')[1:])
    assert [column.count("<li") for column in later] == [0, 2, 1]
    assert [column.count("<li") for column in first] == [1, 0, 0]
    for words in ("Ada Field added this", "Ada Field gave this to Ben Hollow", "Ben Hollow commented", "closed this"):
        assert words in page.words


def test_a_day_has_the_beginning_of_what_was_said(read, board, owner, member, noon):
    card = board.add_card("Sow the rye", by=owner, description="In **rows** by [the book](https://example.org/rye).")
    said = card.comment(f"Soon, **@ada-field**\n\n- {'x' * 300}", member)
    gone = card.comment("Never mind", member)
    card.react("👍", owner, comment=said)
    card.react("yes", owner)
    gone.remove(member)
    db.session.commit()
    page = read("/activity")
    told = page.said["days"]
    assert "In rows by the book." in told
    assert told.count(f"Soon, @ada-field {'x' * 182}…") == 2
    assert "Never mind" not in page.html
    assert "Ada Field reacted to a comment with 👍" in told
    assert "Ada Field reacted with yes" in told
    assert "reacted" not in read("/cards/1").said["talk"]


def test_earlier_is_the_last_day_on_which_something_happened(client, read, board, owner, noon, travel):
    board.add_card("Old", by=owner)
    travel(days=5)
    board.add_card("New", by=owner)
    db.session.commit()
    page = read("/activity")
    assert "New" in page.words
    assert "Old" not in page.words
    assert "Nothing on 4 days between." in page.words
    address = page.one("a", class_="btn")["href"]
    assert "Old" in read(address).words
    fragment = client.get(address, headers={"HX-Request": "true"}).text
    assert "Old" in fragment
    assert "<html" not in fragment


def test_only_of_boards_that_one_sees_and_of_those_asked_for(read, browser, board, owner, member, noon):
    secret = Board.create("Secret", by=member, all_access=False)
    other = Board.create("Other", by=owner)
    for where, title in ((board, "Here"), (other, "There"), (secret, "Hidden")):
        where.add_card(title, by=where.creator)
    board.add_card("Ben’s", by=member)
    eve = Account.open("Far", owner_name="Eve", email=None)
    Board.create("Far away", by=eve).add_card("Foreign", by=eve)
    db.session.commit()

    def shown(query):
        said = read(f"/activity{query}").said["days"]
        return {word for word in ("Here", "There", "Hidden", "Ben’s", "Foreign") if word in said}

    assert shown("") == {"Here", "There", "Ben’s"}
    assert shown(f"?board={board.id}") == {"Here", "Ben’s"}
    assert shown(f"?board={board.id}&person={member.id}") == {"Ben’s"}
    assert shown(f"?board={secret.id}") == shown(f"?person={eve.id}") == set()


def test_a_hundred_stand_in_a_column_and_the_others_are_a_click_away(read, board, owner, noon):
    for number in range(120):
        board.add_card(f"Card {number:03}", by=owner)
    db.session.commit()
    page = read("/activity")
    assert page.said["days"].count("added this") == 100
    assert "Added: 20 more" in page.words
    (more,) = [has["href"] for has in page.all("a") if "only=added" in has.get("href", "")]
    assert read(more).said["days"].count("added this") == 120


def test_its_statements_do_not_grow_with_what_happened(client, board, owner, member, noon, statements):
    def cost():
        db.session.commit()
        with statements() as seen:
            assert client.get("/activity").status_code == 200
        return len(seen)

    def happen(count):
        for number in range(count):
            card = board.add_card(f"Card {number}", by=owner)
            card.assign(User.join(owner.account, name=f"Person {number}", email=None), member)
            card.comment(f"Said {number}", member)
            card.close(owner)

    happen(2)
    cost()
    few = cost()
    happen(20)
    assert cost() == few


@pytest.mark.parametrize("query", ["day=x", "day=0001-01-01", "day=9999-12-31", "only=x", "board=x&person=" + "9" * 30])
def test_an_odd_address_is_a_page_like_any_other(read, card, query):
    read(f"/activity?{query}")


def test_nothing_happened(read, app):
    assert "Nothing happened." in read("/activity").words


def test_a_person_has_a_page(client, read, browser, board, owner, member, noon):
    board.add_card("Mine", by=owner)
    board.add_card("Theirs", by=member)
    db.session.commit()
    page = read(f"/people/{member.id}")
    assert "Theirs" in page.said["days"]
    assert "Mine" not in page.said["days"]
    ways = [has["href"] for has in page.all("a", class_="btn")]
    assert ways[:2] == [f"/cards?assignee={member.id}", f"/cards?creator={member.id}"]
    eve = Account.open("Far", owner_name="Eve", email=None)
    db.session.commit()
    assert client.get(f"/people/{eve.id}").status_code == 404
    assert f"/people/{member.id}" in client.get("/settings/people").text
