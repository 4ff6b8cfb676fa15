"""The board: what it shows, in how many statements, and adding a card."""

import re

import pytest
from sqlalchemy import event, select

from host.clock import now
from host.db import db
from host.models import Board, Card, Fold, Place, User
from host.models.card.arrival import Arrival, arrive
from host.web.boardview import BoardView, by_column
from tests.full_board import fill
from tests.host.web.conftest import HTMX
from tests.host.web.page import Page

MOST_STATEMENTS = 10


@pytest.fixture
def counted(client):
    """counted("/boards/1"): how many statements it takes to answer."""

    def count(address):
        db.session.commit()
        heard = []

        def hear(*said):
            heard.append(said[2])

        event.listen(db.engine, "before_cursor_execute", hear)
        answer = client.get(address)
        event.remove(db.engine, "before_cursor_execute", hear)
        assert answer.status_code == 200
        return len([said for said in heard if not said.startswith(("BEGIN", "PRAGMA"))])

    return count


def test_its_statements_do_not_grow_with_its_cards(counted, owner, member):
    few, many = (Board.create(name, by=owner, columns=["Writing", "Checking"]) for name in ("Few", "Many"))
    for board in (few, many):
        for key in ("done", "not_now"):
            Fold.set(owner, board, key, folded=False)
    people = [owner, member, *(User.join(owner.account, name=f"P{n}", email=None) for n in range(4))]
    fill(few, 2, people[:2])
    fill(many, 20, people)
    counted(f"/boards/{few.id}")  # the first page of a program loads what is loaded once
    taken = counted(f"/boards/{few.id}")
    assert counted(f"/boards/{many.id}") == taken <= MOST_STATEMENTS


def test_the_list_of_boards_takes_as_many_whatever_their_number(counted, owner, board):
    fill(board, 5, [owner])
    Board.create("Second", by=owner)
    counted("/boards")
    taken = counted("/boards")
    for number in range(20):
        Board.create(f"Board {number}", by=owner).add_card("x")
    assert counted("/boards") == taken <= MOST_STATEMENTS


def test_cards_lie_in_their_columns_golden_first_then_the_last_touched(read, board, owner, travel):
    first, golden, _second, elsewhere, resting, done = (board.add_card(title) for title in "abcdef")
    golden.gild(owner)
    elsewhere.triage_into(board.columns[0], owner)
    resting.postpone(owner)
    done.close(owner)
    travel(hours=1)
    first.keep(owner)
    db.session.commit()
    page = read(f"/boards/{board.id}")
    assert re.findall(r"\b[a-f]\b", page.said["cards-maybe"].partition("adds")[2]) == ["b", "a", "c"]
    assert "d" in page.said[f"cards-{board.columns[0].id}"].split()
    for key, count in [("maybe", "3"), (str(board.columns[0].id), "1"), (str(board.columns[1].id), "0"), ("done", "1")]:
        assert page.said[f"col-{key}"].split().count(count) >= 1, key
    assert "f" not in page.said["cards-done"].split()  # folded: its cards come when it is opened


@pytest.mark.parametrize("key", ["done", "not_now"])
def test_what_came_to_done_or_not_now_last_comes_first(client, read, board, owner, travel, key):
    Fold.set(owner, board, key, folded=False)
    cards = [board.add_card(f"Card {letter}") for letter in "abc"]
    for number in (1, 2, 0):
        travel(hours=1)
        (cards[number].close if key == "done" else cards[number].postpone)(owner)
    travel(hours=1)
    cards[1].comment("Well done", owner)
    cards[2].gild(owner)
    db.session.commit()
    order = re.findall(r"Card (\w)", read(f"/boards/{board.id}").said[f"cards-{key}"])
    assert list(dict.fromkeys(order)) == ["a", "c", "b"]
    shown = read(f"/boards/{board.id}?sort=oldest").said[f"cards-{key}"]
    assert list(dict.fromkeys(re.findall(r"Card (\w)", shown))) == ["a", "b", "c"]
    further = Page(client.get(f"/boards/{board.id}/columns/{key}/cards?after=1").text).words
    assert list(dict.fromkeys(re.findall(r"Card (\w)", further))) == ["c", "b"]


def test_the_first_paint_of_a_thousand_cards_sends_a_hundred_at_most(read, board):
    arrive(board, [Arrival(f"Card {number:04}", board.creator_id, now(), now()) for number in range(1000)])
    db.session.commit()
    page = read(f"/boards/{board.id}")
    assert 0 < len(page.all("article", class_="card")) <= 100
    assert page.said["col-maybe"].startswith("Maybe? 1000")


def test_descriptions_are_not_read_for_a_board(client, board, owner, statements):
    board.add_card("A long story", by=owner, description="Once upon a time")
    db.session.commit()
    with statements() as seen:
        assert "A long story" in client.get(f"/boards/{board.id}").text
    assert not [each for each in seen if "card.description" in each]


def test_a_card_shows_what_it_has(read, board, owner, member):
    card = board.add_card("Cut the reeds")
    card.assign(member, owner)
    card.tag("garden")
    card.add_step("one", done=True)
    card.add_step("two")
    card.comment("x")
    card.gild(owner)
    db.session.commit()
    shown = read(f"/boards/{board.id}").said["card-1"]
    for word in ("1", "garden", "Golden card", "Cut the reeds", "1/2", "BH"):
        assert word in shown


def test_a_comment_that_was_taken_back_is_not_counted(read, board, owner):
    card = board.add_card("Cut the reeds", by=owner)
    said = [card.comment(words, by=owner) for words in ("x", "y")]
    said[0].remove(owner)
    db.session.commit()
    assert "1 comment " in read(f"/boards/{board.id}").said["card-1"] + " "


def test_a_few_cards_come_at_first_and_the_others_as_one_scrolls(client, read, board, owner):
    arrive(board, [Arrival(f"Card {number:03}", owner.id, now(), now()) for number in range(300)])
    db.session.commit()
    page = read(f"/boards/{board.id}")
    seen = re.findall(r"Card \d{3}", page.said["cards-maybe"])
    assert len(seen) == 16
    more = page.one("a", href=f"/boards/{board.id}/columns/maybe/cards?after=16")["href"]
    for count in (250, 34):
        answer = client.get(more)
        assert answer.text.lstrip().startswith("<li>")
        found = re.findall(r"Card \d{3}", Page(answer.text).words)
        assert len(found) == count
        seen += found
        more = more.replace("after=16", "after=266")
    assert seen == [f"Card {number:03}" for number in reversed(range(300))]


def test_what_lies_in_many_columns_is_drawn_in_portions(board, owner, monkeypatch):
    """Plugins ask the database for all cards that they are given, and it takes a limited number of values."""
    for column in (None, *board.columns):
        board.add_card("Write", by=owner, column=column)
    db.session.commit()
    monkeypatch.setattr("host.web.piles.TOGETHER", 2)
    portions = []
    by_column(BoardView(board, owner).frames, lambda rows: portions.append(len(rows)) or [])
    assert portions == [2, 1]


@pytest.mark.parametrize(
    ("told", "count"),
    [("maybe=50", 50), ("1=30,maybe=38", 38), ("maybe=9", 16), ("=,x=x,maybe", 16), ("maybe=" + "9" * 99, 60)],
)
def test_what_is_drawn_again_shows_as_many_cards_as_one_had_scrolled_to(client, board, told, count):
    for number in range(60):
        board.add_card(f"Card {number:03}")
    db.session.commit()
    for address, method in ((f"/boards/{board.id}", "GET"), ("/cards/60/goldness", "POST")):
        answer = client.open(address, method=method, headers={**HTMX, "X-Scrolled": told})
        assert len(re.findall(r"Card \d{3}", Page(answer.text).said["cards-maybe"])) == count
        assert (f"after={count}" in answer.text) is (count < 60)


def test_however_far_one_scrolled_not_all_is_drawn_at_once(client, board, owner):
    arrive(board, [Arrival(f"Card {number:03}", owner.id, now(), now()) for number in range(300)])
    db.session.commit()
    answer = client.get(f"/boards/{board.id}", headers={**HTMX, "X-Scrolled": "maybe=300"})
    assert len(re.findall(r"Card \d{3}", Page(answer.text).said["cards-maybe"])) == 250


@pytest.mark.parametrize(
    ("key", "status"), [("maybe", 200), ("done", 200), ("99999", 404), ("nonsense", 404), ("-1", 404)]
)
def test_more_cards_of_a_column_that_there_is(client, board, key, status):
    assert client.get(f"/boards/{board.id}/columns/{key}/cards").status_code == status


@pytest.mark.parametrize("after", ["-5", "x", "99999999999999999999999", ""])
def test_more_after_a_strange_number_is_no_fault(client, board, after):
    assert client.get(f"/boards/{board.id}/columns/maybe/cards?after={after}").status_code == 200


def test_five_hundred_columns_are_no_fault(read, owner):
    board = Board.create("Wide", by=owner, columns=[f"Column {n}" for n in range(520)])
    board.add_card("Last", column=board.columns[-1])
    db.session.commit()
    assert "Last" in read(f"/boards/{board.id}").said[f"cards-{board.columns[-1].id}"]


def test_an_empty_board_says_what_it_is_for(read, board, owner):
    page = read(f"/boards/{board.id}")
    assert "Nothing growing here yet" in page.said["cards-maybe"]
    board.add_card("x").triage_into(board.columns[0], owner)
    db.session.commit()
    page = read(f"/boards/{board.id}")
    assert "Nothing waits here" in page.said["cards-maybe"]
    assert "No cards" in page.said[f"cards-{board.columns[1].id}"]
    assert "No cards" not in page.said[f"cards-{board.columns[0].id}"]


def test_a_card_is_added_by_the_form(client, read, submit, board, owner):
    answer = submit(read(f"/boards/{board.id}"), f"/boards/{board.id}/cards", title="Mend the fence")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/boards/{board.id}#card-1")
    card = owner.card(1)
    assert (card.title, card.place, card.creator) == ("Mend the fence", Place.MAYBE, owner)
    assert "Mend the fence" in read(f"/boards/{board.id}").said["cards-maybe"]


def test_a_card_is_added_in_a_column_by_the_forms_of_its_plus(client, read, board, owner):
    column = board.columns[1]
    plus = read(f"/boards/{board.id}").one("a", aria_label="Add a card to Checking")["href"]
    assert plus == f"/boards/{board.id}?add={column.id}#new-title-{column.id}"
    page = read(plus)
    (form,) = [form for form in page.forms if form.values.get("column") == str(column.id)]
    answer = client.post(form.action, data={**form.values, "title": "Count the posts"})
    assert answer.headers["Location"] == f"/boards/{board.id}?add={column.id}#card-1"
    assert owner.card(1).column_id == column.id
    assert page.one("textarea", id=f"new-title-{column.id}")["autofocus"] is None


def test_a_folded_column_opens_for_adding(read, board, owner):
    column = board.columns[0]
    Fold.set(owner, board, str(column.id), folded=True)
    assert "data-collapsed" in read(f"/boards/{board.id}").one("section", id=f"col-{column.id}")
    assert "data-collapsed" not in read(f"/boards/{board.id}?add={column.id}").one("section", id=f"col-{column.id}")
    assert "data-collapsed" in read(f"/boards/{board.id}").one("section", id=f"col-{column.id}")


@pytest.mark.parametrize("add", ["maybe", "not_now", "99999", "x' OR 1"])
def test_adding_in_what_is_no_column_shows_the_board(read, board, add):
    assert len(read(f"/boards/{board.id}?add={add}").all("textarea")) == 1


def test_with_scripts_the_column_comes_back_and_is_announced(client, board):
    answer = client.post(f"/boards/{board.id}/cards", data={"title": "Mend the fence"}, headers=HTMX)
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == '{"announce": "Card 1 added."}'
    assert answer.headers["HX-Reswap"] == "none"
    page = Page(answer.text)
    assert "Mend the fence" in page.said["card-1"]
    assert page.one("textarea", id="new-title")
    assert [section["id"] for section in page.all("section")] == ["col-maybe"]
    assert page.one("div", id="banners")["hx-swap-oob"] == "true"


def test_with_scripts_the_form_in_a_column_stays_open(client, board):
    column = board.columns[0]
    sent = {"title": "Mend the fence", "column": str(column.id)}
    page = Page(client.post(f"/boards/{board.id}/cards", data=sent, headers=HTMX).text)
    assert page.one("textarea", id=f"new-title-{column.id}")
    assert "Mend the fence" in page.said[f"cards-{column.id}"]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("", "A card needs a title."),
        (" \n ", "A card needs a title."),
        ("x" * 256, "Keep the title under 256 characters."),
    ],
)
def test_a_refused_title_stays_in_its_form(client, board, title, said, headers):
    for column in (None, board.columns[0].id):
        sent = {"title": title} | ({"column": str(column)} if column else {})
        answer = client.post(f"/boards/{board.id}/cards", data=sent, headers=headers)
        assert answer.status_code == 422
        page, id = Page(answer.text), f"new-title-{column}" if column else "new-title"  # noqa: A001
        assert page.one("textarea", id=id)["aria-invalid"] == "true"
        assert page.said[f"{id}-errors"] == said
        (form,) = [form for form in page.forms if form.values.get("column") == (str(column) if column else None)
                   and "title" in form.values]  # fmt: skip
        assert form.values["title"] == title
        others = [form.values["title"] for form in page.forms if "title" in form.values and form is not form]
        assert not any(others)
    assert db.session.scalars(select(Card)).all() == []


def test_a_card_goes_into_no_other_boards_column(client, board, owner):
    elsewhere = Board.create("Second", by=owner, columns=["Writing"]).columns[0]
    db.session.commit()
    answer = client.post(f"/boards/{board.id}/cards", data={"title": "x", "column": str(elsewhere.id)})
    assert answer.status_code == 404
    assert client.post(f"/boards/{board.id}/cards", data={"title": "x", "column": "x"}).status_code == 422
    assert db.session.scalars(select(Card)).all() == []


def test_a_title_of_ten_megabytes_is_too_large(client, board):
    answer = client.post(f"/boards/{board.id}/cards", data={"title": "x" * 10_000_000})
    assert answer.status_code == 413
    assert "That is too large to take in." in answer.text
    assert db.session.scalars(select(Card)).all() == []


def test_who_is_on_the_board_is_shown(read, board, owner):
    for number in range(12):
        User.join(owner.account, name=f"Person {number}", email=None)
    db.session.commit()
    page = read(f"/boards/{board.id}")
    assert len(page.one("span", aria_label="On this board")) > 0
    assert "+5" in page.words


@pytest.mark.parametrize("key", ["not_now", "done", "column"])
def test_folding_is_remembered_for_this_person(client, read, submit, browser, board, member, key):
    dom_id = str(board.columns[0].id) if key == "column" else key
    address, was = f"/boards/{board.id}/folds/{dom_id}", "data-collapsed" in read(f"/boards/{board.id}").one(
        "section", id=f"col-{dom_id}"
    )
    for _turn in range(2):
        answer = submit(read(f"/boards/{board.id}"), address)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/boards/{board.id}")
        was = not was
        assert ("data-collapsed" in read(f"/boards/{board.id}").one("section", id=f"col-{dom_id}")) is was
    submit(read(f"/boards/{board.id}"), address)
    theirs = Page(browser(member).get(f"/boards/{board.id}").text).one("section", id=f"col-{dom_id}")
    assert ("data-collapsed" in theirs) is was


def test_with_scripts_an_opened_column_comes_with_its_cards(client, board, owner):
    board.add_card("Long done").close(owner)
    db.session.commit()
    answer = client.post(f"/boards/{board.id}/folds/done", data={"folded": "0"}, headers=HTMX)
    page = Page(answer.text)
    assert "Long done" in page.said["cards-done"]
    assert [section["id"] for section in page.all("section")] == ["col-done"]
    answer = client.post(f"/boards/{board.id}/folds/done", data={"folded": "1"}, headers=HTMX)
    assert "Long done" not in answer.text


def test_maybe_cannot_be_told_from_what_is_no_column_when_folding(client, board):
    assert client.post(f"/boards/{board.id}/folds/nonsense", data={"folded": "1"}).status_code == 404
