"""Lists of cards: which, in what order, a page at a time."""

import re
from datetime import timedelta

import pytest

from host.clock import now
from host.db import db
from host.models import Board, Place, User


@pytest.fixture
def numbers(ada):
    """`numbers("?place=done")`: the numbers of the cards that Ada is given."""

    def asked(query="", path="/cards"):
        answer = ada("GET", f"{path}{query}")
        assert answer.status_code == 200, answer.json
        return [card["number"] for card in answer.json]

    return asked


def links(answer):
    """The addresses that the Link header gives, by their relation (RFC 8288)."""
    return {name: address for address, name in re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["Link"])}


def test_of_one_board_or_of_all_that_one_sees(numbers, ben, board, owner):
    other = Board.create("Other", by=owner)
    hidden = Board.create("Hidden", by=owner, all_access=False)
    here, there, secret = (each.add_card("Poster").number for each in (board, other, hidden))
    assert numbers("?sort=number") == [here, there, secret]
    assert numbers(path=f"/boards/{other.id}/cards") == [there]
    assert [card["number"] for card in ben("GET", "/cards?sort=number").json] == [here, there]


def test_by_place(numbers, board, owner):
    _maybe, column, not_now, done = cards = [board.add_card(place) for place in ("maybe", "column", "not now", "done")]
    column.triage_into(board.columns[0], owner)
    not_now.postpone(owner)
    done.close(owner)
    for card in cards:
        assert numbers(f"?place={card.place}", f"/boards/{board.id}/cards") == [card.number]
    assert numbers(f"?place={Place.DRAFT}") == []
    assert numbers("?sort=number") == [card.number for card in cards]


def test_by_the_day_on_which_they_are_due(ada, numbers, board, owner):
    late, undated = board.add_card("Late"), board.add_card("Some time")
    late.set_due(now().date() - timedelta(days=9), owner)
    assert numbers("?due=overdue") == numbers("?due=any") == [late.number]
    assert numbers("?due=none") == [undated.number]
    assert {*numbers("?due=none&due=overdue")} == {late.number, undated.number}
    refused = ada("GET", "/cards?due=soon")
    assert (refused.status_code, [*refused.json["errors"]]) == (422, ["due"])


def test_by_column_tag_and_assignee(numbers, board, owner, member):
    first, second, _third = (board.add_card("Poster") for _ in range(3))
    first.triage_into(board.columns[0], owner)
    second.triage_into(board.columns[1], owner)
    first.tag("Print")
    second.assign(member, owner)
    assert numbers(f"?column={board.columns[0].id}") == [first.number]
    assert numbers("?tag=print") == numbers("?tag=%23Print") == [first.number]
    assert numbers("?tag=pri") == numbers("?tag=") == []
    assert numbers(f"?assignee={member.id}") == [second.number]
    assert numbers(f"?assignee={member.id}&tag=print") == []


def test_the_tag_of_another_space_is_another_tag(numbers, card, stranger):
    theirs = Board.create("Theirs", by=stranger).add_card("Poster")
    theirs.tag("print")
    assert numbers("?tag=print") == []


def test_by_words_of_the_title(numbers, board):
    poster, percent = board.add_card("Large Poster"), board.add_card("Save 5% now_")
    assert numbers("?q=large+pos") == numbers("?q=POSTER") == [poster.number]
    assert numbers("?q=%25") == numbers("?q=5%25") == numbers("?q=w_") == [percent.number]
    assert numbers("?q=__") == []
    assert numbers("?q=&sort=number") == [poster.number, percent.number]


def test_in_an_order(numbers, board, owner, travel):
    cards = []
    for title in "abc":
        travel(minutes=1)
        cards.append(board.add_card(title))
    travel(minutes=1)
    cards[0].keep(owner)
    a, b, c = (card.number for card in cards)
    assert numbers() == numbers("?sort=last_active") == [a, c, b]
    assert numbers("?sort=created") == [c, b, a]
    assert numbers("?sort=number") == [a, b, c]


def test_cards_of_one_moment_keep_their_order_over_the_pages(numbers, board):
    moment = now()
    for _ in range(7):
        board.add_card("Poster", created_at=moment)
    for sort in ("last_active", "created", "number"):
        paged = [number for page in (1, 2, 3, 4) for number in numbers(f"?sort={sort}&per_page=2&page={page}")]
        assert sorted(paged) == list(range(1, 8))


def test_a_list_leads_from_page_to_page(ada, board):
    for number in range(5):
        board.add_card(f"Poster & {number}")
    answer = ada("GET", f"/boards/{board.id}/cards?per_page=2&q=poster+%26&place=maybe")
    assert answer.headers["X-Total-Count"] == "5"
    assert {*links(answer)} == {"first", "next", "last"}
    seen, followed = [], ["first"]
    while answer is not None:
        seen += [card["number"] for card in answer.json]
        onward = links(answer).get("next")
        followed += ["next"] if onward else []
        answer = ada("GET", onward.removeprefix("http://localhost/api/v1")) if onward else None
    assert (sorted(seen), followed) == ([1, 2, 3, 4, 5], ["first", "next", "next"])


def test_the_last_page_leads_back(ada, board):
    for _ in range(3):
        board.add_card("Poster")
    last = ada("GET", "/cards?per_page=2&page=2")
    assert {*links(last)} == {"first", "prev", "last"}
    assert "page=1" in links(last)["prev"]
    beyond = ada("GET", "/cards?per_page=2&page=9")
    assert (beyond.json, {*links(beyond)}) == ([], {"first", "last"})


def test_an_empty_list_is_one_page(ada):
    answer = ada("GET", "/cards")
    assert (answer.json, answer.headers["X-Total-Count"], {*links(answer)}) == ([], "0", {"first", "last"})


def test_fifty_come_if_no_number_is_given_and_at_most_a_hundred(ada, board):
    for _ in range(101):
        board.add_card("Poster")
    assert len(ada("GET", "/cards").json) == 50
    assert len(ada("GET", "/cards?per_page=100").json) == 100


def test_a_list_of_many_costs_as_many_statements_as_one_of_few(ada, board, owner, statements):
    def add(count):
        """Cards that have nothing in common."""
        for number in range(count):
            person = User.join(owner.account, name=f"Person {number}", email=None)
            card = board.add_card("Poster", by=person, column=board.add_column(f"Column {number}"))
            card.gild(owner)
            card.assign(User.join(owner.account, name=f"Helper {number}", email=None), owner)
            card.tag(f"tag {number} of {count}")
            card.add_step("Ask")

    def cost():
        db.session.commit()
        with statements() as seen:
            assert ada("GET", "/cards?per_page=100").status_code == 200
        return len(seen)

    add(2)
    few = cost()
    add(9)
    assert cost() == few


@pytest.mark.parametrize("place", ["done", "not_now"])
def test_what_came_to_done_or_not_now_last_comes_first(ada, board, owner, travel, place):
    first, second = (board.add_card(title, by=owner) for title in ("First", "Second"))
    for card in (first, second):
        travel(hours=1)
        (card.close if place == "done" else card.postpone)(owner)
    travel(hours=1)
    first.comment("Well done", owner)

    def titles(words):
        return [card["title"] for card in ada("GET", f"/boards/{board.id}/cards?{words}").json]

    assert titles(f"place={place}") == ["Second", "First"]
    assert titles(f"place={place}&sort=last_active") == ["First", "Second"]
    assert titles(f"place={place}&place=maybe") == ["First", "Second"]
