"""Who may ask: a token, and nothing but a token."""

from itertools import product

import pytest

from host.db import db
from host.models import ApiToken, Board
from host.models.token import Scope
from host.testing import sign_in

PATHS = ["/me", "/boards", "/cards", "/account", "/users"]
NO_TOKENS = ["", "Bearer", "Bearer ", "Bearer fallow_wrong", "Basic YWRhOmFkYQ==", "fallow_wrong", "Bearer \x00é"]


def test_without_a_good_token_nothing_is_told(anonymous, owner):
    for path, given in product(PATHS, NO_TOKENS):
        answer = anonymous.get(f"/api/v1{path}", headers={"Authorization": given} if given else {})
        assert answer.status_code == 401, (path, given)
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Fallow"'
        assert answer.json["detail"] == "This needs a valid token."


def test_the_word_bearer_may_be_written_as_one_likes(anonymous, owner):
    token = ApiToken.create(owner, name="test", scope=Scope.READ)
    for given in (f"bearer {token}", f"BEARER   {token} "):
        assert anonymous.get("/api/v1/me", headers={"Authorization": given}).json["name"] == "Ada Field"


def test_a_revoked_token_is_none(ada, owner):
    assert ada("GET", "/me").status_code == 200
    db.session.delete(db.session.scalars(db.select(ApiToken)).one())
    assert ada("GET", "/me").status_code == 401


def test_a_deactivated_persons_token_is_none(ben, member):
    assert ben("GET", "/me").status_code == 200
    member.deactivate()
    assert ben("GET", "/me").status_code == 401


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_token_for_reading_reads(program, owner, board, method):
    reading = program(owner, Scope.READ)
    assert reading(method, f"/boards/{board.id}").status_code == 200


def test_a_token_for_reading_writes_nothing(program, owner, board):
    card = board.add_card("Poster")
    reading = program(owner, Scope.READ)
    for method, path in (
        ("POST", "/boards"),
        ("PATCH", f"/boards/{board.id}"),
        ("POST", f"/boards/{board.id}/columns"),
        ("POST", f"/boards/{board.id}/cards"),
        ("PATCH", "/cards/1"),
        ("DELETE", "/cards/1"),
        ("PUT", "/cards/1/closure"),
        ("POST", "/cards/1/keeping"),
        ("POST", "/cards/1/comments"),
    ):
        answer = reading(method, path, {"title": "No", "name": "No", "body": "No"})
        assert (answer.status_code, answer.json["detail"]) == (403, "This token may only read."), path
    assert (card.title, card.place, card.comments, board.name) == ("Poster", "maybe", [], "Launch")


def test_a_cookie_counts_for_nothing(anonymous, owner, ben):
    sign_in(anonymous, owner)
    assert anonymous.get("/boards").status_code == 200
    answer = anonymous.get("/api/v1/me")
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    with anonymous.session_transaction() as session:
        cookie = session["_user_id"]
    answer = ben("GET", "/me", headers={"Cookie": f"fallow_session={cookie}"})
    assert answer.json["name"] == "Ben Hollow"


def test_the_token_says_who_it_is_though_somebody_else_is_signed_in(anonymous, owner, member, statements):
    sign_in(anonymous, owner)
    token = ApiToken.create(member, name="test", scope=Scope.WRITE)
    db.session.commit()
    with statements() as seen:
        answer = anonymous.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.json["name"] == "Ben Hollow"
    assert not [each for each in seen if "session" in each]


def test_a_token_needs_no_token_against_forgery(ada):
    answer = ada("POST", "/boards", {"name": "Made by a program"}, headers={"X-CSRFToken": ""})
    assert answer.status_code == 201
    assert db.session.scalars(db.select(Board.name)).all() == ["Made by a program"]


def test_programs_cannot_open_pages_with_a_token(anonymous, owner):
    token = ApiToken.create(owner, name="test", scope=Scope.WRITE)
    answer = anonymous.get("/boards", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 302
