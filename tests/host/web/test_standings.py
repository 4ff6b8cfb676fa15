"""Roles, ownership, and leaving."""

import pytest
from sqlalchemy import func, select

from host.db import db
from host.errors import Forbidden
from host.models import ApiToken, Board, Event, Role, User, UserSession
from tests.host.web.page import Page


@pytest.fixture
def admin(account):
    cleo = User.join(account, name="Cleo", email="cleo@example.org", role=Role.ADMIN)
    db.session.commit()
    return cleo


def of(person):
    return f"/settings/people/{person.id}"


def told():
    db.session.expire_all()
    found = select(Event.kind, Event.particulars).where(Event.board_id.is_(None)).order_by(Event.id)
    return [(kind, more.get("user_id"), more.get("role")) for kind, more in db.session.execute(found)]


def test_an_admin_makes_admins_and_members_of_others(read, submit, member):
    page = read(read("/settings/people").one("a", href=of(member))["href"])
    assert page.form(f"{of(member)}/role").values["role"] == "member"
    answer = submit(page, f"{of(member)}/role", role="admin")
    assert answer.headers["Location"] == "/settings/people"
    assert told() == [("role_changed", member.id, "admin")]
    assert member.role is Role.ADMIN
    submit(read(of(member)), f"{of(member)}/role", role="member")
    assert member.role is Role.MEMBER


@pytest.mark.parametrize("role", ["owner", "system", "x", ""])
def test_no_other_role_is_given(client, member, role):
    assert client.post(f"{of(member)}/role", data={"role": role}).status_code == 422
    assert (told(), member.role) == ([], Role.MEMBER)


def test_nobody_changes_their_own_role_nor_an_owners(client, browser, owner, admin, member):
    assert client.post(f"{of(owner)}/role", data={"role": "member"}).status_code == 403
    cleo, ben = browser(admin), browser(member)
    for person in (owner, admin):
        assert cleo.post(f"{of(person)}/role", data={"role": "member"}).status_code == 403
    assert ben.post(f"{of(admin)}/role", data={"role": "member"}).status_code == 403
    assert ben.get(of(admin)).status_code == 403
    assert told() == []


def test_who_is_sent_away_is_out_at_once_and_what_they_did_stays(read, submit, browser, program, board, member):
    card = board.add_card("Rye", by=member)
    ben, ask = browser(member), program(member)
    assert (ben.get("/boards").status_code, ask("GET", "/me").status_code) == (200, 200)
    submit(read(of(member)), f"{of(member)}/deactivation")
    assert ben.get("/boards").status_code == 302
    assert ask("GET", "/me").status_code == 401
    theirs = (UserSession, ApiToken)
    assert [db.session.scalar(select(func.count()).where(each.user_id == member.id)) for each in theirs] == [0, 0]
    assert "Ben Hollow added this" in read(f"/cards/{card.number}").words
    page = read("/settings/people")
    assert "1 person who was here" in page.words
    submit(page, f"{of(member)}/deactivation/delete")
    later = Board.create("Later", by=member)
    assert (member.active, member in later.people) == (True, True)
    assert [kind for kind, *_more in told()] == ["person_dismissed", "person_readmitted"]


def test_who_is_let_in_again_sees_what_opened_meanwhile(owner, member):
    member.dismiss(by=owner)
    meanwhile = Board.create("Meanwhile", by=owner)
    member.readmit(by=owner)
    assert member in meanwhile.people


def test_everybody_may_leave_but_an_owner(browser, client, owner, admin, member):
    ben = browser(member)
    assert Page(ben.get("/settings/people").text).one("a", href=of(member))
    answer = ben.post(f"{of(member)}/deactivation")
    assert answer.headers["Location"] == "/session/new"
    assert ben.get("/boards").status_code == 302
    assert client.post(f"{of(owner)}/deactivation").status_code == 403
    assert browser(admin).post(f"{of(owner)}/deactivation").status_code == 403
    assert owner.active


def test_a_member_sends_nobody_away(browser, admin, member):
    ben = browser(member)
    assert ben.post(f"{of(admin)}/deactivation").status_code == 403
    assert ben.post(f"{of(admin)}/ownership").status_code == 403


def test_an_owner_hands_the_space_over(read, submit, browser, account, owner, admin, member):
    assert browser(admin).post(f"{of(member)}/ownership").status_code == 403
    submit(read(of(member)), f"{of(member)}/ownership")
    assert told() == [("ownership_handed_over", member.id, None)]
    assert (member.role, owner.role, account.owner) == (Role.OWNER, Role.ADMIN, member)
    ben = browser(member)
    assert ben.post(f"{of(owner)}/role", data={"role": "member"}).status_code == 303


def test_the_space_goes_to_nobody_who_left_or_is_elsewhere(client, account, owner, member, stranger):
    member.dismiss(by=owner)
    db.session.commit()
    for person, status in ((member, 403), (account.system, 403), (owner, 403), (stranger, 404)):
        assert client.post(f"{of(person)}/ownership").status_code == status
    with pytest.raises(Forbidden):
        owner.hand_over(stranger)
    with pytest.raises(Forbidden):
        owner.dismiss(by=member)


def test_the_system_is_nobody(client, account):
    for what in ("role", "deactivation", "deactivation/delete"):
        assert client.post(f"{of(account.system)}/{what}", data={"role": "admin"}).status_code == 403


def test_by_the_api(program, owner, admin, member, stranger):
    ada, ben = program(owner), program(member)
    address = f"/users/{member.id}"
    assert ada("PUT", f"{address}/role", {"role": "admin"}).json["role"] == "admin"
    assert ada("PUT", f"{address}/role", {"role": "owner"}).status_code == 422
    assert ada("PUT", f"/users/{owner.id}/role", {"role": "member"}).status_code == 403
    assert ben("PUT", f"/users/{owner.id}/deactivation").status_code == 403
    assert ada("PUT", f"/users/{stranger.id}/role", {"role": "member"}).status_code == 404
    assert ada("PUT", f"{address}/deactivation").json["active"] is False
    assert ben("GET", "/me").status_code == 401
    assert ada("DELETE", f"{address}/deactivation").json["active"] is True
    assert ada("PUT", f"{address}/ownership").json["role"] == "owner"
    assert ada("PUT", f"{address}/ownership").status_code == 403
