"""A board that was drawn a moment ago is answered again, until anything is written or anything about the request is
other than it was."""

import re

import pytest

from host.db import db
from host.models import Board, Card, UserSession
from host.pagecache import shelf

FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')


@pytest.fixture
def page(board):
    return f"/boards/{board.id}"


@pytest.fixture
def ada(reader, owner):
    return reader(owner)


def anything_but_keys(text):
    return re.sub(FORM_KEY, "", text)


def test_the_same_request_is_drawn_once(ada, page, drawn):
    first, second = ada.ask(page), ada.ask(page)
    assert drawn == [page]
    assert anything_but_keys(first.text) == anything_but_keys(second.text)
    assert "Launch" in second.text
    headers = [{name: value for name, value in each.getheaders() if name != "date"} for each in (first, second)]
    assert headers[0] == headers[1]
    assert "Content-Security-Policy".lower() in headers[1]


def test_further_cards_too(ada, page, board, owner, drawn):
    for number in range(20):
        board.add_card(f"Card {number}", by=owner).triage_into(board.columns[0], by=owner)
    db.session.commit()
    column = f"{page}/columns/{board.columns[0].id}/cards?after=16"
    assert ada.reads(column) == ada.reads(column)
    assert len(drawn) == 1


def test_whatever_is_written_is_seen_at_once(ada, page, board, drawn):
    ada.reads(page)
    board.name = "Harvest"
    assert "Harvest" not in ada.reads(page)  # it is not committed
    db.session.commit()
    assert "Harvest" in ada.reads(page)
    assert len(drawn) == 2


def test_what_one_writes_oneself_too(ada, page, drawn):
    """Each time, and however quickly one looks."""
    key, csrf = FORM_KEY.search(ada.reads(page))[1], re.search(r'csrf_token" value="([^"]+)"', ada.reads(page))[1]
    for number in range(5):
        body = f"csrf_token={csrf}&form_key={key[:-1]}{number}&title=Card+{number}+of+five"
        sent = ada.ask(f"{page}/cards", "POST", body, Content_Type="application/x-www-form-urlencoded")
        assert sent.status == 303
        text = ada.reads(page)
        assert f"Card {number} of five" in text
        assert text.count("of five</") == ada.reads(page).count("of five</")


def test_a_form_of_a_page_that_was_drawn_once_makes_as_many_cards_as_it_is_sent_from(ada, page, drawn):
    texts = [ada.reads(page) for _each in range(3)]
    assert len(drawn) == 1
    keys = {FORM_KEY.search(text)[1] for text in texts}
    assert len(keys) == 3
    csrf = re.search(r'csrf_token" value="([^"]+)"', texts[0])[1]
    for key in keys:
        body = f"csrf_token={csrf}&form_key={key}&title=Oil+the+gate"
        ada.ask(f"{page}/cards", "POST", body, Content_Type="application/x-www-form-urlencoded")
    assert len(db.session.scalars(db.select(Card)).all()) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Scrolled": "1=40"},
        {"HX_Request": "true"},
        {"HX_Current_URL": "http://127.0.0.1/boards/1?sort=oldest"},
        {"Accept_Language": "de"},
        {"A_header": "of which nobody knows"},
    ],
)
def test_another_header_is_another_request(ada, page, drawn, headers):
    ada.reads(page)
    ada.reads(page, **headers)
    assert len(drawn) == 2


@pytest.mark.parametrize(
    "headers", [{"Referer": "http://127.0.0.1/cards/3"}, {"Cache_Control": "max-age=0"}, {"Sec_Fetch_User": "?1"}]
)
def test_where_one_comes_from_makes_no_difference(ada, page, drawn, headers):
    ada.reads(page)
    ada.reads(page, **headers)
    assert len(drawn) == 1


def test_another_query_is_another_request(ada, page, drawn):
    ada.reads(page)
    ada.reads(f"{page}?sort=oldest")
    assert len(drawn) == 2


def test_another_cookie_is_another_request(ada, page, drawn):
    assert 'data-theme="dark"' not in ada.reads(page)
    ada.cookie += "; theme=dark"
    assert 'data-theme="dark"' in ada.reads(page)
    assert len(drawn) == 2


def test_a_hard_reload_is_drawn(ada, page, drawn):
    for words in ("no-cache", "max-age=0, No-Cache"):
        ada.reads(page, Cache_Control=words)
    assert len(drawn) == 2
    ada.reads(page)
    assert len(drawn) == 2


def test_nobody_gets_what_was_drawn_for_another(ada, reader, owner, member, page, board, drawn):
    secret = Board.create("Secret", by=owner, columns=[], all_access=False)
    db.session.commit()
    ben, theirs = reader(member), f"/boards/{secret.id}"
    assert "Secret" in ada.reads(theirs)
    assert ben.ask(theirs).status == 404
    assert ada.ask(theirs).status == 200
    assert ben.ask(theirs).status == 404
    ben.cookie = ""
    assert ben.ask(theirs).status == 302


def test_a_sign_in_that_is_ended_is_ended(ada, page):
    ada.reads(page)
    for each in db.session.scalars(db.select(UserSession)):
        db.session.delete(each)
    db.session.commit()
    assert ada.ask(page).status == 302


def test_one_who_was_put_out_is_out(reader, member, page):
    ben = reader(member)
    ben.reads(page)
    member.deactivate()
    db.session.commit()
    assert ben.ask(page).status == 302


def test_what_tells_of_times_grows_old(ada, page, drawn, travel):
    ada.reads(page)
    travel(seconds=shelf.KEPT.total_seconds() - 5)
    ada.reads(page)
    assert len(drawn) == 1
    travel(seconds=5)
    ada.reads(page)
    assert len(drawn) == 2
    travel(hours=-2)  # a clock that was put right
    ada.reads(page)
    assert len(drawn) == 3


def test_a_message_is_said_once(ada, app, page, owner, drawn):
    """A page that says one takes it out of the cookie, and is for this one time."""
    client = app.test_client()
    client.trust()
    client.set_cookie("fallow_session", ada.cookie.partition("=")[2])
    with client.session_transaction() as session:
        session["_flashes"] = [("message", "The gate is oiled.")]
    ada.cookie = f"fallow_session={client.get_cookie('fallow_session').value}"
    answer = ada.ask(page)
    assert "The gate is oiled." in answer.text
    ada.reads(page)
    assert len(drawn) == 2  # each says it, and takes it out of the cookie
    ada.cookie = answer.headers["Set-Cookie"].partition(";")[0]
    assert "The gate is oiled." not in ada.reads(page)
    assert len(drawn) == 3


@pytest.mark.parametrize("path", ["/pins", "/cards/1", "/boards"])
def test_no_other_page_is_held(ada, board, owner, drawn, path):
    board.add_card("Oil the gate", by=owner)
    db.session.commit()
    for _each in range(2):
        ada.reads(path)
    assert len(drawn) == 2


def test_a_page_that_says_no_is_not_held(ada, page, drawn):
    for _each in range(2):
        assert ada.ask(f"{page}00").status == 404
    assert len(drawn) == 2


def test_so_many_are_held_and_no_more(ada, page, drawn):
    for number in range(shelf.MOST + 1):
        ada.reads(f"{page}?of={number}")
    ada.reads(f"{page}?of={shelf.MOST}")
    assert len(drawn) == shelf.MOST + 1
    ada.reads(f"{page}?of=0")
    assert len(drawn) == shelf.MOST + 2
