"""Invitations by link, and joining by one."""

import pytest
from sqlalchemy import select

from host.db import db
from host.errors import Gone
from host.models import Account, Event, Invitation, Role, User
from host.plugging.retention import RetentionRule
from host.retention import retention_rules
from tests.host.web.page import Page

INVITATIONS = "/settings/people/invitations"
SENT = {"name": "Cleo Fen", "email": "Cleo@example.org", "password": "a hedge of roses"}


@pytest.fixture
def invitation(owner):
    made = Invitation.create(by=owner, uses=2, days=7)
    db.session.commit()
    return made


@pytest.fixture
def guest(app):
    """A browser in which nobody is signed in."""
    client = app.test_client()
    client.trust()
    return client


def kinds():
    return db.session.scalars(select(Event.kind).where(Event.board_id.is_(None)).order_by(Event.id)).all()


def test_an_admin_makes_a_link_and_begins_it_anew_and_takes_it_back(read, submit, guest):
    submit(read("/settings/people"), INVITATIONS, uses="3", days="2")
    first = db.session.scalars(select(Invitation)).one()
    address = f"{INVITATIONS}/{first.id}"
    page = read("/settings/people")
    url = page.one("a", href=f"http://localhost/join/{first.key}")["href"]
    assert "0 of 3 came" in page.words
    submit(page, f"{address}/reset")
    assert guest.get(url).status_code == 404
    db.session.refresh(first)
    url = f"/join/{first.key}"
    assert guest.get(url).status_code == 200
    submit(read("/settings/people"), f"{address}/delete")
    assert guest.get(url).status_code == 404
    assert kinds() == ["invitation_created", "invitation_reset", "invitation_revoked"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"uses": "0"}, "uses"), ({"uses": "1001"}, "uses"), ({"days": "x"}, "days"), ({"days": "9" * 30}, "days")],
)
def test_numbers_out_of_bounds_come_back(read, submit, typed, field):
    answer = submit(read("/settings/people"), INVITATIONS, **typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.one("input", id=f"f-{field}")["value"] == typed[field]
    assert page.said[f"f-{field}-errors"]
    assert db.session.scalars(select(Invitation)).all() == []


def test_a_member_sees_the_link_and_changes_nothing(browser, invitation, member):
    ben = browser(member)
    page = Page(ben.get("/settings/people").text)
    assert page.one("a", href=f"http://localhost/join/{invitation.key}")
    assert not [form for form in page.forms if "invitations" in form.action]
    for address in ("", f"/{invitation.id}/reset", f"/{invitation.id}/delete"):
        assert ben.post(f"{INVITATIONS}{address}", data={"uses": 5, "days": 5}).status_code == 403


def test_whoever_has_the_link_joins_as_a_member_and_is_signed_in(guest, invitation, board, account):
    page = Page(guest.get(f"/join/{invitation.key}").text)
    assert "Join Meadow" in page.words
    assert page.one("meta", name="robots")["content"] == "noindex"
    answer = guest.post(f"/join/{invitation.key}", data=SENT)
    assert answer.headers["Location"] == "/"
    cleo = db.session.scalars(select(User).filter_by(email="cleo@example.org")).one()
    assert (cleo.name, cleo.role, cleo.account) == ("Cleo Fen", Role.MEMBER, account)
    assert guest.get(f"/boards/{board.id}").status_code == 200
    assert kinds()[-1] == "person_joined"
    assert guest.get(f"/join/{invitation.key}").headers["Location"] == "/"
    assert User.by_credentials("cleo@example.org", SENT["password"]) == cleo


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": ""}, "email"),
        ({"email": "cleo"}, "email"),
        ({"email": "ADA@example.org"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": ""}, "password"),
    ],
)
def test_what_does_not_fit_comes_back_and_costs_no_use(guest, invitation, typed, field):
    answer = guest.post(f"/join/{invitation.key}", data={**SENT, **typed})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.said[f"f-{field}-errors"]
    assert page.one("input", id="f-name")["value"] == {**SENT, **typed}["name"]
    db.session.expire_all()
    assert invitation.used == 0


def test_used_up_ended_and_unknown_links_say_so(guest, invitation):
    for number in range(2):
        invitation.redeem(name="Cleo", email=f"p{number}@example.org", password="a hedge of roses")
    db.session.commit()
    for answer in (guest.get(f"/join/{invitation.key}"), guest.post(f"/join/{invitation.key}", data=SENT)):
        assert answer.status_code == 410
        assert "This invitation has come to its end." in answer.text
    for address in ("/join/nothing", "/join/%00"):
        unknown = guest.get(address)
        assert (unknown.status_code, "This invitation is unknown." in unknown.text) == (404, True)


def test_a_link_ends_on_its_day_and_is_cleaned_up_later(guest, invitation, travel):
    travel(days=6, hours=23)
    assert guest.get(f"/join/{invitation.key}").status_code == 200
    travel(hours=2)
    assert guest.get(f"/join/{invitation.key}").status_code == 410
    rule: RetentionRule = retention_rules()["host.invitations"]
    assert rule.days == 30


def test_the_last_use_is_had_once(invitation, owner):
    invitation.used = 1
    db.session.flush()
    invitation.redeem(name="Cleo", email="c@example.org", password="a hedge of roses")
    with pytest.raises(Gone):
        invitation.redeem(name="Dot", email="d@example.org", password="a hedge of roses")


def test_one_space_does_not_touch_anothers(client, owner):
    eve = Account.open("Elsewhere", owner_name="Eve", email=None)
    theirs = Invitation.create(by=eve)
    db.session.commit()
    assert client.post(f"{INVITATIONS}/{theirs.id}/delete").status_code == 404
    assert theirs.key not in client.get("/settings/people").text


def test_by_the_api(program, owner, member, stranger):
    ada, ben, eve = program(owner), program(member), program(stranger)
    made = ada("POST", "/invitations", {"uses": 1, "days": 1})
    assert made.status_code == 201
    assert (made.json["uses"], made.json["used"], made.json["open"]) == (1, 0, True)
    assert ben("GET", "/invitations").json == [made.json]
    address = f"/invitations/{made.json['id']}"
    assert ben("POST", "/invitations", {}).status_code == 403
    assert (ben("DELETE", address).status_code, eve("DELETE", address).status_code) == (403, 404)
    assert ada("POST", f"{address}/reset").json["url"] != made.json["url"]
    assert {*ada("POST", "/invitations", {"uses": 0, "days": 0}).json["errors"]} == {"uses", "days"}
    assert ada("DELETE", address).status_code == 204
    assert ben("GET", "/invitations").json == []
