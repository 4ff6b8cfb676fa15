"""Signing in and out."""

import pytest
from sqlalchemy import select

from host.db import db
from host.models import Account, UserSession
from host.models.session import digest
from tests.host.web.page import Page

PASSWORD = "a hedge of roses"


@pytest.fixture(autouse=True)
def password(owner):
    owner.password = PASSWORD
    db.session.commit()


@pytest.fixture
def enter(app):
    """enter(next="/cards/1"): a new browser that signs in by the form, as one without JavaScript does."""

    def signed_in(email="ada@example.org", password=PASSWORD, next=""):  # noqa: A002
        client = app.test_client()
        page = Page(client.get("/session/new", query_string={"next": next} if next else {}).text)
        form = page.form("/session")
        return client, client.post("/session", data={**form.values, "email": email, "password": password})

    return signed_in


def test_address_and_password_let_in(enter, board):
    client, answer = enter()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Launch" in client.get("/", follow_redirects=True).text


def test_the_address_is_taken_as_people_type_it(enter):
    assert enter(email=" Ada@Example.ORG ")[1].status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.org", "wrong"),
        ("ada@example.org", ""),
        ("nobody@example.org", PASSWORD),
        ("", ""),
        ("ada@example.org\x00", "\x00"),
        ("x" * 5000, "y" * 5000),
        ("\ufdfa' OR 1=1 --", "' OR '1'='1"),
    ],
)
def test_anything_else_does_not_and_says_the_same(enter, email, password):
    client, answer = enter(email, password)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.said["f-password-errors"] == "This address and password do not belong together."
    assert page.one("input", name="email")["value"] == email
    assert "value" not in page.one("input", name="password")
    assert client.get("/settings/people").status_code == 302


def test_whoever_was_deactivated_is_not_let_in(enter, member):
    member.password = PASSWORD
    member.deactivate()
    db.session.commit()
    assert enter(email="ben@example.org")[1].status_code == 422


def test_the_way_leads_on_to_where_one_wanted_to(app, enter, board):
    asked = app.test_client().get(f"/boards/{board.id}?add=1")
    assert asked.headers["Location"] == f"/session/new?next=/boards/{board.id}?add%3D1"
    assert enter(next=f"/boards/{board.id}?add=1")[1].headers["Location"] == f"/boards/{board.id}?add=1"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "/x\\..\\evil",
        " //evil.example",
        "/\t/evil.example",
        "\x00//evil.example",
        "evil",
    ],
)
def test_the_way_never_leads_elsewhere(app, enter, board, elsewhere):
    client, answer = enter(next=elsewhere)
    assert answer.headers["Location"] == "/"
    page = client.get(f"/boards/{board.id}").text
    token = Page(page).forms[0].values["csrf_token"]
    back = client.post("/theme", data={"back": elsewhere, "theme": "dark", "csrf_token": token})
    assert back.headers["Location"] == "/"


def test_a_wish_that_was_posted_is_not_repeated(app, anonymous, board):
    assert anonymous.post(f"/boards/{board.id}", data={"name": "x"}).headers["Location"] == "/session/new"


def test_a_script_is_not_sent_to_the_door_but_told(anonymous, board):
    answer = anonymous.post("/cards/1/closure", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "Location" not in answer.headers


def test_who_is_in_already_goes_on(client):
    assert client.get("/session/new").headers["Location"] == "/"


def test_signing_out_ends_this_session_and_no_other(enter):
    (first, _answer), (second, _other) = enter(), enter()
    page = Page(first.get("/settings/general").text)
    answer = first.post("/session/delete", data=page.form("/session/delete").values)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/session/new")
    assert first.get("/settings/general").status_code == 302
    assert second.get("/settings/general").status_code == 200
    assert len(db.session.scalars(select(UserSession)).all()) == 1


def test_a_cookie_kept_from_before_is_worth_nothing_after(enter):
    client, _answer = enter()
    kept = client.get_cookie("fallow_session").value
    page = Page(client.get("/settings/general").text)
    client.post("/session/delete", data=page.form("/session/delete").values)
    client.set_cookie("fallow_session", kept)
    assert client.get("/settings/general").status_code == 302


def test_the_cookie_is_renewed_once_a_day(enter, board, travel):
    """So a sign-in lasts for ninety days from its last use, and requests of the same minute bring the same cookie."""
    client, _answer = enter()
    client.get("/boards")
    assert "Set-Cookie" not in client.get("/boards").headers
    travel(days=1)
    assert "Set-Cookie" in client.get("/boards").headers
    assert "Set-Cookie" not in client.get("/boards").headers


def test_what_a_visitor_brought_is_dropped_when_they_sign_in(app, owner):
    client = app.test_client()
    page = Page(client.get("/session/new").text)
    with client.session_transaction() as session:
        session["may_welcome"] = True
    form = page.form("/session")
    client.post("/session", data={**form.values, "email": "ada@example.org", "password": PASSWORD})
    with client.session_transaction() as session:
        assert "may_welcome" not in session
        assert digest(session["_user_id"]) == db.session.scalars(select(UserSession.digest)).one()


def test_the_same_address_in_two_spaces_leads_where_the_password_belongs(enter):
    Account.open("Forest", owner_name="Ada", email="ada@example.org", password="another hedge")
    db.session.commit()
    client, _answer = enter(password="another hedge")
    assert "Forest" in client.get("/").text


@pytest.mark.parametrize(("hour", "said"), [(6, "Good morning"), (12, "Good afternoon"), (23, "Good evening")])
def test_the_page_greets_by_the_hour(app, travel, hour, said):
    from host.clock import now

    here = now().astimezone()
    travel(seconds=(here.replace(hour=hour, minute=30) - here).total_seconds())
    assert said in app.test_client().get("/session/new").text


def test_after_a_few_wrong_passwords_one_has_to_wait(enter, travel):
    for _each in range(5):
        assert enter(password="wrong")[1].status_code == 422
    for password in ("wrong", PASSWORD):
        answer = enter(password=password)[1]
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "15")
        page = Page(answer.text)
        assert page.said["f-password-errors"] == "Many tries went wrong. Try again in 15 seconds."
        assert page.one("input", name="email")["value"] == "ada@example.org"
    travel(seconds=15)
    assert enter()[1].status_code == 303
    assert enter(password="wrong")[1].status_code == 422


def test_who_is_nobody_here_is_slowed_like_anybody(enter):
    """Else one could tell who is here."""
    codes = [enter(email="nobody@example.org")[1].status_code for _each in range(6)]
    assert codes == [422] * 5 + [429]


def test_others_write_while_a_password_is_looked_at(enter, board, monkeypatch):
    """It takes a tenth of a second on purpose."""

    def look(_kept, _password):
        with db.engine.connect() as connection:
            connection.execute(db.text("UPDATE board SET description = 'meanwhile'"))
            connection.commit()
        return True

    monkeypatch.setattr("host.models.user.check_password_hash", look)
    assert enter()[1].status_code == 303
    db.session.expire_all()
    assert board.description == "meanwhile"


def test_who_tries_elsewhere_does_not_keep_one_out_of_ones_own_browser(app, enter):
    mine, _answer = enter()
    mine.post("/session/delete", data=Page(mine.get("/boards").text).form("/session/delete").values)
    for _each in range(6):
        elsewhere = enter(password="wrong")[1]
    assert elsewhere.status_code == 429
    form = Page(mine.get("/session/new").text).form("/session").values
    wrong = mine.post("/session", data={**form, "email": "ada@example.org", "password": "wrong"})
    assert wrong.status_code == 422
    assert mine.post("/session", data={**form, "email": "ada@example.org", "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize("forged", ["", "x", "WyJ4IiwieSJd.made-up", "\xff"])
def test_a_forged_mark_of_a_browser_is_none(app, forged):
    client = app.test_client()
    form = Page(client.get("/session/new").text).form("/session").values
    client.set_cookie("fallow_browser", forged)
    wrong = {**form, "email": "ada@example.org", "password": "wrong"}
    assert [client.post("/session", data=wrong).status_code for _each in range(6)][-1] == 429
