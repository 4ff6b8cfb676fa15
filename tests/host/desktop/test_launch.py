"""The one-time address."""

import pytest

from host.db import db
from host.desktop.launch import is_begun, launch_url
from host.models import Account, LaunchToken, Role


@pytest.fixture
def path(app) -> str:
    return launch_url(app, "")


def test_it_signs_the_owner_in(anonymous, owner, path):
    answer = anonymous.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    with anonymous.session_transaction() as session:
        assert session["desktop"] is True
    assert b"Ada Field" in anonymous.get("/", follow_redirects=True).data


def test_it_works_once(anonymous, owner, app, path):
    anonymous.get(path)
    stranger = app.test_client()
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "Start Fallow again" in answer.get_data(as_text=True)
    assert stranger.get("/").headers["Location"].startswith("/session/new")


def test_it_works_for_ten_minutes(anonymous, owner, path, travel):
    travel(minutes=10)
    assert anonymous.get(path).status_code == 403


def test_an_invented_one_does_not_work(anonymous, owner, path):
    assert anonymous.get("/launch/invented").status_code == 403
    assert anonymous.get(path).status_code == 302  # the real one is not used up by it


def test_a_look_ahead_does_not_use_it_up(anonymous, owner, path):
    anonymous.head(path)
    assert anonymous.get(path).status_code == 302


def test_without_a_space_it_opens_the_first_run_page(anonymous, app, path):
    assert not is_begun(app)
    assert anonymous.get("/welcome").status_code == 403
    answer = anonymous.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/welcome")
    assert anonymous.get("/welcome").status_code == 200


def test_with_several_spaces_it_signs_in_the_owner_of_the_first(anonymous, app, owner, path):
    Account.open("Forest", owner_name="Cleo", email="cleo@example.org")
    db.session.commit()
    anonymous.get(path)
    assert b"Meadow" in anonymous.get("/", follow_redirects=True).data


def test_an_owner_who_was_deactivated_is_passed_over(anonymous, app, owner, member, path):
    owner.active = False
    db.session.commit()
    assert anonymous.get(path).status_code == 403
    member.role = Role.OWNER
    path = launch_url(app, "")
    anonymous.get(path)
    assert b"Ben Hollow" in anonymous.get("/", follow_redirects=True).data


def test_the_table_holds_no_key(app, path):
    token = path.removeprefix("/launch/")
    [kept] = db.session.query(LaunchToken)
    assert token not in (kept.digest, str(kept.id))
