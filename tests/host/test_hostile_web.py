"""What a hostile or unlucky browser sends, and what an installation in trouble answers."""

import sys
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from host.db import db
from host.models import Board, User, UserSession

once = pytest.mark.sqlite_only("no database is asked")
HTMX = {"HX-Request": "true"}

ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: stolen=1",
    "///evil.example",
    "//[",
    "http://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
]


@once
@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_form_leads_elsewhere(anonymous, address):
    answer = anonymous.post("/theme", data={"theme": "dark", "back": address})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


@once
@pytest.mark.parametrize("address", ["/boards/1?add=2#new", "/cards/%2F%2Fevil", "/é ü", "/" + "x" * 5000])
def test_a_form_leads_back_to_any_page_of_ours(anonymous, address):
    answer = anonymous.post("/theme", data={"theme": "dark", "back": address})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(address[:2].replace("é", "%C3%A9"))


@once
@pytest.mark.parametrize("token", ["", "bad", "0" * 91])
def test_a_page_older_than_the_sign_in_says_what_to_do(client, token):
    answer = client.post("/boards", data={"name": "Mine"}, headers={"X-CSRFToken": token})
    assert answer.status_code == 400
    assert "older than your sign-in" in answer.text
    assert db.session.scalars(db.select(Board)).all() == []


@once
@pytest.mark.parametrize("host", ["evil.example", "a b", "127.0.0.1@evil.example", "127.0.0.1:99999", "0.0.0.0", ""])
def test_a_name_that_is_not_ours_is_refused_with_the_remedy(client, host):
    for address in ("/boards", "/static/x/y", "/nowhere", "/session/new"):
        answer = client.get(address, headers={"Host": host})
        assert answer.status_code == 400, address
        assert "FALLOW_TRUSTED_HOSTS" in answer.text
        assert "Content-Security-Policy" in answer.headers


def test_who_was_signed_out_meanwhile_is_told_where_a_fragment_was_asked_for(client, board):
    """The page to sign in, put in the place of a column, would take the typed words with it."""
    db.session.execute(db.delete(UserSession))
    for how in (HTMX, {**HTMX, "HX-Boosted": "true"}):
        for answer in (client.get("/boards", headers=how), client.post("/boards", data={"name": "x"}, headers=how)):
            assert answer.status_code == 401
            assert "You are signed out. Keep what you typed" in answer.text
    assert client.get("/boards").headers["Location"] == "/session/new?next=/boards"


@once
@pytest.mark.parametrize("address", ["/api/v1/boards", "/session"])
def test_what_comes_in_chunks_is_refused_rather_than_taken_for_nothing(live_server, address):
    with closing(HTTPConnection(urlsplit(live_server).netloc, timeout=10)) as connection:
        chunked = {"Transfer-Encoding": "chunked"}
        connection.request("POST", address, iter([b"name=", b"Mine"]), chunked, encode_chunked=True)
        answer = connection.getresponse()
        assert answer.status == 411
        assert b"Content-Length" in answer.read()


@pytest.mark.parametrize("address", ["/boards", "/session/new", "/healthz", "/api/v1/me"])
def test_a_database_in_ruins_still_gets_a_whole_page(app, client, address):
    """Nothing that is drawn about it may ask it again."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for table in ("session", "token", "account", "job"):
        db.session.execute(text(f'ALTER TABLE "{table}" RENAME TO "lost_{table}"'))
    db.session.commit()
    answer = client.get(address, headers={"Authorization": "Bearer x"})
    assert answer.status_code in (500, 503)
    assert "The database cannot be used just now." in answer.text or "Something broke on our side" in answer.text
    assert "Content-Security-Policy" in answer.headers
    assert "no such table" not in answer.text


@pytest.mark.sqlite_only("there the file is locked as a whole")
def test_a_database_that_stays_locked_is_busy(app, client, monkeypatch):
    from sqlalchemy import create_engine

    db.session.commit()
    db.session.remove()
    db.engine.dispose()
    monkeypatch.setattr(sys.modules["host.db"], "BUSY_SECONDS", 0)
    other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"]).connect()
    other.exec_driver_sql("BEGIN IMMEDIATE")
    answer = client.post("/boards", data={"name": "Mine"})
    other.close()
    assert answer.status_code == 503
    assert "Fallow is busy writing." in answer.text


def test_an_error_of_the_database_tells_no_secret(owner):
    """Its text ends in the log, on the jobs page and in a job's row."""
    twice = {"account_id": owner.account_id, "name": "x", "handle": owner.handle, "role": "member"}
    with pytest.raises(IntegrityError) as refused:
        db.session.execute(db.insert(User), [{**twice, "password_hash": "s3cret"}])
    assert "s3cret" not in str(refused.value)
