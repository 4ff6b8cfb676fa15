"""A form that is sent twice with the same words makes one thing, also without JavaScript."""

import pytest

from host.db import db
from host.models import Board, Card, Comment, RequestKey


@pytest.fixture
def send(client):
    """send(page, action, title="x"): the form as it stands, but for what is typed; each call sends the same key."""

    def sent(page, action, headers=None, **typed):
        return client.post(action, data={**page.form(action).values, **typed}, headers=headers)

    return sent


def count(model):
    return len(db.session.scalars(db.select(model)).all())


def test_a_card_that_is_added_twice_is_there_once(read, send, board):
    page, action = read(f"/boards/{board.id}"), f"/boards/{board.id}/cards"
    first, second = (send(page, action, title="Oil the gate") for _each in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert (first.status_code, second.status_code) == (303, 303)
    assert count(Card) == 1


def test_other_words_make_another_card(read, send, board):
    page, action = read(f"/boards/{board.id}"), f"/boards/{board.id}/cards"
    for title in ("Oil the gate", "Mend the fence", "Oil the gate"):
        send(page, action, title=title)
    assert [card.title for card in db.session.scalars(db.select(Card))] == ["Oil the gate", "Mend the fence"]


def test_the_same_words_by_a_new_form_make_another_card(read, send, board):
    for _each in range(2):
        send(read(f"/boards/{board.id}"), f"/boards/{board.id}/cards", title="Oil the gate")
    assert count(Card) == 2


def test_a_script_that_sends_it_twice_has_nothing_more_to_draw(read, send, board):
    page, action = read(f"/boards/{board.id}"), f"/boards/{board.id}/cards"
    first, second = (send(page, action, headers={"HX-Request": "true"}, title="Oil the gate") for _each in range(2))
    assert (first.status_code, second.status_code, second.data) == (200, 204, b"")
    assert count(Card) == 1


def test_boards_copies_and_comments(read, send, board, card):
    for address, action, typed in (
        ("/boards", "/boards", {"name": "Garden"}),
        (f"/boards/{board.id}/copies/new", f"/boards/{board.id}/copies", {"name": "Launch again"}),
        (f"/cards/{card.number}", f"/cards/{card.number}/comments", {"body": "Still on it"}),
        (f"/cards/{card.number}", f"/cards/{card.number}/duplicate", {}),
    ):
        page = read(address)
        led = {send(page, action, **typed).headers["Location"] for _each in range(2)}
        assert len(led) == 1, action
    assert sorted(each.name for each in db.session.scalars(db.select(Board))) == ["Garden", "Launch", "Launch again"]
    assert count(Comment) == 1


def test_what_was_refused_may_be_sent_again(read, send, board):
    page, action = read("/boards"), "/boards"
    assert send(page, action, name=" ").status_code == 422
    assert send(page, action, name=" ").status_code == 422
    assert send(page, action, name="Garden").status_code == 303
    assert count(RequestKey) == 1


def test_anothers_key_is_no_key_of_mine(browser, member, read, send, board):
    page, action = read("/boards"), "/boards"
    send(page, action, name="Garden")
    key = page.form(action).values["form_key"]
    browser(member).post(action, data={"name": "Garden", "form_key": key})
    assert [each.name for each in db.session.scalars(db.select(Board))] == ["Launch", "Garden", "Garden"]


def test_one_whose_answer_was_lost_leads_back_to_where_it_was_asked(read, send, board):
    page, action = read("/boards"), "/boards"
    send(page, action, name="Garden")
    db.session.execute(db.update(RequestKey).values(headers=None, status=None))
    led = send(page, action, name="Garden", headers={"Referer": "http://localhost/boards?x=1"})
    assert led.headers["Location"] == "/boards"
    assert send(page, action, name="Garden", headers={"Referer": "//["}).headers["Location"] == "/"
    assert count(Board) == 2


@pytest.mark.parametrize("key", ["", "x" * 41, "é", "\0", "a\nb"])
def test_an_odd_key_is_none(client, board, key):
    for _each in range(2):
        assert client.post("/boards", data={"name": "Garden", "form_key": key}).status_code == 303
    assert count(RequestKey) == 0
