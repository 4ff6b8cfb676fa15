"""Several people, or one impatient one, at the same moment: each gets an answer, and nothing is there twice."""

from collections import Counter
from threading import Barrier, Thread

import pytest

from host.db import db
from host.models import Account, Board, Card, Comment, Tag, User
from host.testing import sign_in

TOGETHER = 4


@pytest.fixture
def at_once(app):
    """at_once(send, …): call each with a browser of its own, all begun together; the answers."""

    def together(*calls):
        db.session.commit()
        app.config["PROPAGATE_EXCEPTIONS"] = False
        ready, answers = Barrier(len(calls)), [None] * len(calls)

        def one(place, call):
            client = app.test_client()
            client.trust()
            ready.wait(30)
            answers[place] = call(client)

        threads = [Thread(target=one, args=item) for item in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        db.session.expire_all()
        return answers

    return together


@pytest.fixture
def signed(app, owner):
    """The cookie of the owner's browser, for all of them."""
    client = app.test_client()
    client.trust()
    sign_in(client, owner)
    name = app.config["SESSION_COOKIE_NAME"]
    return name, client.get_cookie(name).value


def posts(signed, path, **form):
    """A call for `at_once`."""

    def send(client):
        client.set_cookie(*signed)
        return client.post(path, data=form).status_code

    return send


def test_a_first_run_that_is_sent_twice_makes_one_space(at_once):
    def claim(client):
        with client.session_transaction() as session:
            session["may_welcome"] = True
        form = {"name": "Juniper Row", "person": "Ines", "email": "ines@example.org", "password": "a long sentence"}
        return client.post("/welcome", data={**form, "start": "empty"}).status_code

    assert Counter(at_once(*[claim] * TOGETHER)) == {303: 1, 302: TOGETHER - 1}
    assert len(db.session.scalars(db.select(Account)).all()) == 1
    assert len(db.session.scalars(db.select(Board)).all()) == 1


def test_a_person_who_is_added_twice_is_there_once(at_once, signed, account):
    form = {"name": "Ben Hollow", "email": "ben@example.org", "password": "a long sentence"}
    codes = at_once(*[posts(signed, "/settings/people", **form)] * TOGETHER)
    assert Counter(codes) == {303: 1, 422: TOGETHER - 1}
    assert [person.handle for person in account.people] == ["ada-field", "ben-hollow"]


def test_people_of_one_name_get_handles_of_their_own(at_once, signed, account):
    same = {"name": "Ben", "password": "a long sentence"}
    calls = [posts(signed, "/settings/people", email=f"ben{each}@example.org", **same) for each in range(TOGETHER)]
    assert set(at_once(*calls)) == {303}
    handles = sorted(db.session.scalars(db.select(User.handle).where(User.name == "Ben")))
    assert handles == ["ben", "ben-2", "ben-3", "ben-4"]


def test_one_card_under_many_hands_breaks_for_nobody(at_once, signed, board):
    card, column = board.add_card("Cut the reeds"), board.columns[0].id
    here = f"/cards/{card.number}"
    calls = [
        posts(signed, f"{here}/triage", column=column),
        posts(signed, f"{here}/closure"),
        posts(signed, f"{here}/postponement"),
        posts(signed, f"{here}/goldness"),
        posts(signed, f"{here}/goldness"),
        posts(signed, f"{here}/watch/delete"),
        posts(signed, f"{here}/taggings", tag="urgent"),
        posts(signed, f"{here}/taggings", tag="urgent"),
        posts(signed, f"{here}/steps", text="Sharpen the knife"),
        posts(signed, f"{here}/comments", body="Mine."),
        posts(signed, f"{here}/comments", body="Mine too."),
        posts(signed, f"/boards/{board.id}/folds/{column}", folded="1"),
        posts(signed, f"/boards/{board.id}/folds/{column}", folded="1"),
        posts(signed, f"/boards/{board.id}/columns", name="Later"),
    ]
    assert set(at_once(*calls)) == {303}
    assert len(db.session.scalars(db.select(Comment)).all()) == 2
    assert [tag.title for tag in db.session.scalars(db.select(Tag))] == ["urgent"]


def test_columns_that_are_drawn_at_one_moment_wait_for_nothing_but_the_database(at_once, signed, board):
    def folds(key):
        def send(client):
            client.set_cookie(*signed)
            headers = {"HX-Request": "true"}
            return client.post(f"/boards/{board_id}/folds/{key}", data={"folded": "1"}, headers=headers).status_code

        return send

    board_id, keys = board.id, ["not_now", "done", *(str(column.id) for column in board.columns)]
    assert set(at_once(*[folds(key) for key in keys * 2])) == {200}


def test_a_card_that_goes_away_meanwhile_is_not_found(at_once, signed, board):
    card = board.add_card("Cut the reeds")
    said = posts(signed, f"/cards/{card.number}/comments", body="Still here?")
    codes = at_once(posts(signed, f"/cards/{card.number}/delete"), *[said] * TOGETHER)
    assert codes[0] == 303
    assert set(codes[1:]) <= {303, 404}
    assert [each.place.value for each in db.session.scalars(db.select(Card))] == ["removed"]


def test_a_column_that_goes_away_meanwhile_takes_no_card_along(at_once, signed, board):
    column = board.columns[0].id
    cards = [board.add_card(f"Card {each}") for each in range(TOGETHER)]
    moves = [posts(signed, f"/cards/{card.number}/triage", column=column) for card in cards]
    codes = at_once(posts(signed, f"/boards/{board.id}/columns/{column}/delete"), *moves)
    assert codes[0] == 303
    assert set(codes[1:]) <= {303, 404}
    assert {card.place.value for card in db.session.scalars(db.select(Card))} == {"maybe"}
