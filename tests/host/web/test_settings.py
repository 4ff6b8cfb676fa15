"""The settings: the shell, the space, its people and a person's tokens."""

import pytest
from sqlalchemy import select

from host.db import db
from host.models import ApiToken, Role, User
from host.models.token import Scope
from tests.host.web.page import Page

NO_NAMES = ["", " ", "x" * 121]


def test_the_settings_begin_where_one_may(client, browser, member):
    assert client.get("/settings").headers["Location"] == "/settings/general"
    assert browser(member).get("/settings").headers["Location"] == "/settings/people"


def test_the_list_at_the_side_marks_where_we_are_and_shows_what_one_may_open(read, browser, member):
    page = read("/settings/people")
    assert page.one("a", href="/settings/people", class_="nav")["aria-current"] == "page"
    assert page.one("a", href="/settings/general")
    theirs = Page(browser(member).get("/settings/people").text)
    assert not theirs.all("a", href="/settings/general")
    assert not theirs.all("a", href="/settings/plugins")
    assert theirs.one("a", href="/settings/tokens")


def test_the_space_is_renamed(client, read, account):
    form = next(form for form in read("/settings/general").forms if "name" in form.values)
    assert (form.action, form.method, form.values["name"]) == ("", "post", "Meadow")
    answer = client.post("/settings/general", data={**form.values, "name": " Hay  meadow "})
    assert answer.headers["Location"] == "/settings/general"
    page = read("/settings/general")
    assert "Saved." in page.said["toasts"]
    assert "Hay meadow" in page.words


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_refused_name_of_the_space_comes_back(client, account, name):
    answer = client.post("/settings/general", data={"name": name})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.one("input", id="f-name")["value"] == name
    assert page.said["f-name-errors"]
    db.session.expire_all()
    assert account.name == "Meadow"


def test_a_member_may_look_at_the_people_and_change_nothing(browser, owner, member):
    ben = browser(member)
    assert ben.get("/settings/general").status_code == 403
    assert ben.post("/settings/general", data={"name": "x"}).status_code == 403
    page = Page(ben.get("/settings/people").text)
    assert "Ada Field" in page.words
    assert not [form for form in page.forms if "email" in form.values]
    added = ben.post("/settings/people", data={"name": "x", "email": "x@example.org", "password": "a hedge of roses"})
    assert added.status_code == 403
    assert len(db.session.scalars(select(User)).all()) == 3


def test_somebody_is_added_and_can_sign_in(app, client, read, account):
    sent = {"name": "Cleo Fen", "email": "Cleo@Example.org", "password": "a hedge of roses", "role": "admin"}
    assert client.post("/settings/people", data=sent).status_code == 303
    assert "Cleo Fen can sign in now." in read("/settings/people").said["toasts"]
    cleo = db.session.scalars(select(User).filter_by(email="cleo@example.org")).one()
    assert (cleo.name, cleo.role, cleo.handle) == ("Cleo Fen", Role.ADMIN, "cleo-fen")
    assert User.by_credentials("cleo@example.org", "a hedge of roses") is cleo
    words = read("/settings/people").words
    assert "Cleo Fen @cleo-fen · cleo@example.org Admin" in words


def test_who_cannot_sign_in_yet_is_told_apart(read, member):
    assert "Ben Hollow @ben-hollow · ben@example.org Member · cannot sign in yet" in read("/settings/people").words


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"email": "ada@example.org"}, "email"),
        ({"password": "short"}, "password"),
        ({"role": "owner"}, "role"),
        ({"role": "system"}, "role"),
    ],
)
def test_somebody_refused_leaves_what_was_typed(client, account, typed, field):
    sent = {"name": "Cleo", "email": "cleo@example.org", "password": "a hedge of roses", "role": "member"} | typed
    answer = client.post("/settings/people", data=sent)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.said[f"f-{field}-errors"]
    assert page.one("input", id="f-name")["value"] == sent["name"]
    assert page.one("input", id="f-email")["value"] == sent["email"]
    assert "a hedge of roses" not in answer.text
    assert [user.name for user in account.people] == ["Ada Field"]


def test_a_token_is_shown_once(client, read, owner):
    answer = client.post("/settings/tokens", data={"name": " My  script ", "scope": "write"})
    text = Page(answer.text).said["fresh-token"]
    assert (answer.status_code, ApiToken.find(text).user) == (200, owner)
    assert (ApiToken.find(text).name, ApiToken.find(text).scope) == ("My script", Scope.WRITE)
    page = read("/settings/tokens")
    assert "My script may read and write" in page.words
    assert text not in page.html


def test_a_token_may_only_read_unless_asked_for(client, owner):
    client.post("/settings/tokens", data={"name": "x"})
    assert db.session.scalars(select(ApiToken.scope)).one() is Scope.READ


@pytest.mark.parametrize(
    ("typed", "field"), [*(({"name": name}, "name") for name in NO_NAMES), ({"name": "x", "scope": "all"}, "scope")]
)
def test_a_refused_token_comes_back(client, owner, typed, field):
    answer = client.post("/settings/tokens", data=typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.said[f"f-{field}-errors"]
    assert page.one("input", id="f-name")["value"] == typed["name"]
    assert db.session.scalars(select(ApiToken)).all() == []


def test_a_token_is_revoked_by_its_person_alone(client, read, submit, browser, owner, member):
    text = ApiToken.create(owner, name="x", scope=Scope.READ)
    db.session.flush()
    address = f"/settings/tokens/{ApiToken.find(text).id}/delete"
    ben = browser(member)
    assert ben.post(address).status_code == 404
    assert "x may read" not in Page(ben.get("/settings/tokens").text).words
    assert ApiToken.find(text)
    assert submit(read("/settings/tokens"), address).headers["Location"] == "/settings/tokens"
    assert ApiToken.find(text) is None
