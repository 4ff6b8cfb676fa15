"""Stopping the bundles by the link of a letter."""

from urllib.parse import urlsplit

import pytest
from flask import Flask

from host import User, db
from host.testing import Client
from plugins.notifications.leave_link import leave_headers, leave_url
from plugins.notifications.pace import Pace
from plugins.notifications.preferences import Preferences


@pytest.fixture
def link(owner: User) -> str:
    return urlsplit(leave_url(owner)).path


def test_the_link_asks_before_it_stops_anything(link: str, owner: User, anonymous: Client) -> None:
    page = anonymous.get(link)
    assert page.status_code == 200
    assert "Stop the letters" in page.text
    assert Preferences.of(owner).pace is Pace.HALF_HOUR


def test_one_click_stops_them_without_a_sign_in_or_a_token(link: str, owner: User, app: Flask) -> None:
    answer = app.test_client().post(link, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    db.session.expire_all()
    assert Preferences.of(owner).pace is Pace.NEVER
    assert app.test_client().post(link).status_code == 200


@pytest.mark.parametrize("token", ["1", "x.y", "", "Mg.AAAAAAAAAAAAAAAAAAAAAAAAAAA"])
def test_a_link_that_is_not_ours_stops_nothing(token: str, owner: User, anonymous: Client) -> None:
    assert anonymous.post(f"/notifications/leave/{token}").status_code == 404
    assert Preferences.of(owner).pace is Pace.HALF_HOUR


def test_the_link_of_one_is_no_link_of_another(link: str, owner: User, member: User, anonymous: Client) -> None:
    anonymous.post(link)
    db.session.expire_all()
    assert Preferences.of(member).pace is Pace.HALF_HOUR


def test_who_has_left_has_no_link(link: str, owner: User, anonymous: Client) -> None:
    owner.active = False
    db.session.commit()
    assert anonymous.get(link).status_code == 404


def test_a_button_of_the_mail_program_needs_https() -> None:
    assert leave_headers("https://fallow.example.org/x") == {
        "List-Unsubscribe": "<https://fallow.example.org/x>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert leave_headers("http://127.0.0.1/x") == {"List-Unsubscribe": "<http://127.0.0.1/x>"}


def test_whoever_leaves_gets_no_summary_either(link: str, owner: User, anonymous: Client) -> None:
    Preferences.kept(owner).ask_for_summary(wanted=True)
    db.session.commit()
    anonymous.post(link)
    db.session.expire_all()
    assert not Preferences.of(owner).summary
