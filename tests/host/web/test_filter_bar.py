"""The bar above a board, and what it says is asked for."""

import pytest

from host.db import db
from host.models import Account, Board, Tag

pytestmark = pytest.mark.sqlite_only("a page is the same on either database; what filters find is tested on both")


@pytest.fixture
def at(board):
    """`at("tag=garden")`: the board's address with these words."""
    return lambda words: f"/boards/{board.id}?{words}"


@pytest.fixture
def cards(board, owner, member):
    plum, apple = board.add_card("Plum pie", by=owner), board.add_card("Apple pie", by=owner)
    plum.tag("Garden")
    apple.assign(member, owner)
    apple.triage_into(board.columns[0], owner)
    db.session.commit()
    return plum, apple


def test_the_board_shows_what_is_asked_for(read, at, cards, board, member):
    page = read(at("tag=garden"))
    assert "Plum pie" in page.said["parcel"]
    assert "Apple pie" not in page.said["parcel"]
    assert read(at(f"assignee={member.id}")).said[f"col-{board.columns[0].id}"].startswith("Writing 1")
    assert "Plum pie" not in read(at(f"assignee={member.id}&tag=garden")).said["parcel"]


def test_the_boxes_stand_as_the_address_has_them(read, at, cards, member):
    page = read(at(f"tag=garden&assignee={member.id}&q=pie&sort=oldest&created=today&golden=1"))
    ticked = {(has["name"], has["value"]) for has in page.all("input") if "checked" in has}
    assert ticked == {("tag", "garden"), ("assignee", str(member.id)), ("sort", "oldest"), ("golden", "1")}
    assert page.one("input", name="q")["value"] == "pie"
    assert page.one("option", selected=None, value="today")


def test_boxes_that_are_seldom_ticked_take_no_place_from_what_is_drawn_often(app, client, at, cards, member):
    for words in ("", f"assignee={member.id}"):
        client.get(at(words))
    before = app.extensions["fallow.drawn"].cache_info().currsize
    assert client.get(at("assignee=nobody")).status_code == 200
    assert app.extensions["fallow.drawn"].cache_info().currsize == before


def test_what_is_asked_for_is_said_with_a_way_back_from_each(read, at, cards, board, member):
    page = read(at(f"tag=garden&tag=water&creator={member.id}&closed=last_week&sort=newest"))
    for words in ("garden", "Added by Ben Hollow", "Closed last week", "Clear"):
        assert words in page.said["filtered"]
    ways = [has["href"] for has in page.all("a", class_="btn btn-sm") if "creator" in has["href"]]
    assert f"/boards/{board.id}?tag=water&creator={member.id}&closed=last_week&sort=newest" in ways
    assert page.one("a", data_escape=None)["href"] == f"/boards/{board.id}"


def test_an_order_alone_asks_for_nothing(read, at, cards):
    assert read(at("sort=oldest")).said["filtered"] == ""


def test_what_is_gone_is_said(read, at, cards, client, owner):
    page = read(at("tag=weeds"))
    assert "There is no tag “weeds” any more" in page.said["filtered"]
    eve = Account.open("Far", owner_name="Eve", email=None)
    theirs = Board.create("Secret", by=eve)
    db.session.commit()
    page = read(f"/cards?board={theirs.id}&creator={eve.id}")
    assert "A board that this asks for is gone" in page.said["filtered"]
    assert "Added by Somebody unknown" in page.said["filtered"]
    assert "Secret" not in page.words
    assert "Eve" not in page.words


def test_words_are_shown_as_they_are_written(read, at, cards, owner):
    Tag.named(owner.account_id, "<b>rtl \u202eevil")
    db.session.commit()
    page = read(at("q=%3Cscript%3E&tag=%3Cb%3Ertl+evil"))
    assert "“<script>”" in page.said["filtered"]
    assert "<b>rtl evil" in page.said["filtered"]
    assert not page.all("b", dir="auto")


def test_a_change_on_a_narrowed_board_draws_what_is_asked_for(client, at, cards):
    _plum, apple = cards
    on_screen = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{at('tag=garden&q=plum&tag=x')}"}
    html = client.post(f"/cards/{apple.number}/triage/delete", headers=on_screen).text
    assert "Plum pie" in html
    assert "Apple pie" not in html
    assert "tag=garden&amp;tag=x&amp;q=plum" in html


def test_cards_lie_in_the_order_asked_for(read, board, owner, at, travel):
    for title in ("first", "second", "third"):
        travel(minutes=1)
        board.add_card(title, by=owner)
    board.add_card("gold", by=owner).gild(owner)
    travel(minutes=1)
    owner_card = owner.card(1)
    owner_card.keep(owner)
    db.session.commit()

    def order(words):
        said = read(at(words)).said["cards-maybe"].partition("adds")[2].split()
        return [word for word in said if word in ("first", "second", "third", "gold")]

    assert order("") == ["gold", "first", "third", "second"]
    assert order("sort=newest") == ["gold", "third", "second", "first"]
    assert order("sort=oldest") == ["gold", "first", "second", "third"]


def test_however_much_is_asked_for_it_takes_a_few_statements_more(client, at, cards, member, statements):
    def cost(address):
        with statements() as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    cost(at(""))
    plain = cost(at(""))
    much = "&".join([f"assignee={id}&creator={id}&tag=t{id}" for id in range(1, 50)])  # noqa: A001
    assert cost(at(much)) <= plain + 3
