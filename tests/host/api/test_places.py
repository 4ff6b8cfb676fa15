"""Where a card lies, by API: done twice it is done once."""

from datetime import datetime

import pytest

from host.db import db
from host.models import Board, Event


@pytest.fixture
def happened(card):
    """`happened()`: what was written into the log about the card since it was made."""

    def kinds():
        db.session.commit()
        seen = db.session.scalars(db.select(Event.kind).filter_by(card_id=card.id).order_by(Event.id)).all()
        return list(seen)[1:]

    return kinds


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize(
    ("noun", "place", "kinds"),
    [
        ("closure", "done", ["card_closed", "card_reopened"]),
        ("postponement", "not_now", ["card_postponed", "card_sent_back_to_triage"]),
    ],
)
def test_there_and_back_twice_each(ben, card, happened, method, noun, place, kinds):
    for _ in range(2):
        answer = ben(method, f"/cards/1/{noun}")
        assert (answer.status_code, answer.json["number"], answer.json["place"]) == (200, 1, place)
    for _ in range(2):
        answer = ben("DELETE", f"/cards/1/{noun}")
        assert (answer.status_code, answer.json["place"]) == (200, "maybe")
    assert happened() == kinds


def test_a_card_that_does_not_rest_is_not_woken(ada, board, card, owner, happened):
    card.triage_into(board.columns[0], owner)
    assert ada("DELETE", "/cards/1/postponement").json["place"] == "column"
    assert happened() == ["card_triaged"]


def test_into_a_column_and_back(ada, board, card, happened):
    writing, checking = (column.id for column in board.columns)
    for method, column in (("PUT", writing), ("PUT", writing), ("POST", checking)):
        answer = ada(method, "/cards/1/triage", {"column": column})
        assert (answer.status_code, answer.json["place"], answer.json["column"]["id"]) == (200, "column", column)
    for _ in range(2):
        answer = ada("DELETE", "/cards/1/triage")
        assert (answer.status_code, answer.json["place"], answer.json["column"]) == (200, "maybe", None)
    assert happened() == ["card_triaged", "card_triaged", "card_sent_back_to_triage"]


def test_a_done_card_comes_back_into_its_column(ada, board, card, owner):
    card.triage_into(board.columns[1], owner)
    assert ada("PUT", "/cards/1/closure").json["column"]["name"] == "Checking"
    answer = ada("DELETE", "/cards/1/closure")
    assert (answer.json["place"], answer.json["column"]["name"]) == ("column", "Checking")


def test_a_column_must_be_said_and_be_the_boards_own(ada, board, card, owner):
    elsewhere = Board.create("Other", by=owner, columns=["There"]).columns[0].id
    for sent in ({}, {"column": None}, {"column": "1"}):
        answer = ada("PUT", "/cards/1/triage", sent)
        assert (answer.status_code, [*answer.json["errors"]]) == (422, ["column"])
    for column in (elsewhere, 4711, 10**30):
        assert ada("PUT", "/cards/1/triage", {"column": column}).status_code == 404
    assert card.place == "maybe"


def test_gold_comes_and_goes_and_is_no_activity(ada, card, travel, happened):
    before = ada("GET", "/cards/1").json["last_active_at"]
    travel(hours=1)
    for method, golden in (("PUT", True), ("POST", True), ("DELETE", False), ("DELETE", False)):
        answer = ada(method, "/cards/1/goldness")
        assert (answer.status_code, answer.json["golden"], answer.json["last_active_at"]) == (200, golden, before)
    assert happened() == []


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_keeping_starts_the_clock_again(ben, card, travel, happened, method):
    before = datetime.fromisoformat(ben("GET", "/cards/1").json["last_active_at"])
    travel(days=10)
    answer = ben(method, "/cards/1/keeping")
    assert answer.status_code == 200
    assert (datetime.fromisoformat(answer.json["last_active_at"]) - before).days == 10
    assert happened() == ["card_kept"]


def test_a_card_that_rests_cannot_be_kept(ada, card, owner, travel):
    card.postpone(owner)
    before = card.last_active_at
    travel(days=10)
    answer = ada("POST", "/cards/1/keeping")
    assert (answer.status_code, answer.json["place"]) == (200, "not_now")
    assert card.last_active_at == before


def test_to_another_board(ada, ben, board, card, owner, member, happened):
    card.triage_into(board.columns[0], owner)
    other = Board.create("Other", by=owner)
    hidden = Board.create("Hidden", by=owner, all_access=False)
    for _ in range(2):
        answer = ben("PUT", "/cards/1/board", {"board": other.id})
        assert (answer.status_code, answer.json["board_id"], answer.json["place"]) == (200, other.id, "maybe")
    assert happened() == ["card_triaged", "card_board_changed"]
    assert ben("PUT", "/cards/1/board", {"board": hidden.id}).status_code == 404
    assert ada("POST", "/cards/1/board", {"board": hidden.id}).json["board_id"] == hidden.id
    assert ben("GET", "/cards/1").status_code == 404


@pytest.mark.parametrize("board", [None, "1", 0, 10**30, True])
def test_a_board_is_named_by_its_number(ada, owner, board):
    Board.create("Launch", by=owner).add_card("Poster")
    answer = ada("PUT", "/cards/1/board", {"board": board})
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["board"])
