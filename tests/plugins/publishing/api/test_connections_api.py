"""Connections as programs see them."""

import json

import pytest

from host import db


@pytest.fixture
def secret(connect):
    return connect(
        "bluesky",
        "ada.example",
        token=json.dumps({"access": "hush-1", "refresh": "hush-2"}),
        app=json.dumps({"secret": "hush-3"}),
    )


def test_they_are_listed_without_what_they_sign_in_with(ask, secret):
    answer = ask("GET", "/connections")
    (given,) = answer.json
    assert (given["network"], given["handle"], given["held_why"], given["slots"]) == (
        "bluesky",
        "ada.example",
        None,
        [],
    )
    assert "hush" not in answer.text
    assert ask("GET", f"/connections/{given['id']}").json == given


def test_one_is_shared_and_gets_its_slots(ask, secret):
    slots = [{"weekday": 0, "time": "09:30"}, {"weekday": 4, "time": "17:00"}]
    answer = ask("PATCH", f"/connections/{secret.id}", {"shared": True, "slots": slots})
    assert (answer.status_code, answer.json["shared"], answer.json["slots"]) == (200, True, slots)
    assert ask("PATCH", f"/connections/{secret.id}", {"shared": False}).json["slots"] == slots


@pytest.mark.parametrize(
    "slots",
    [
        [{"weekday": 7, "time": "09:30"}],
        [{"weekday": -1, "time": "09:30"}],
        [{"weekday": 0, "time": "9"}],
        [{"weekday": 0}],
        3,
    ],
)
def test_a_slot_that_is_none_is_refused(ask, secret, slots):
    answer = ask("PATCH", f"/connections/{secret.id}", {"slots": slots})
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["slots"])


def test_disconnected_it_is_gone_with_its_keys(ask, secret):
    assert ask("DELETE", f"/connections/{secret.id}").status_code == 204
    assert (ask("GET", f"/connections/{secret.id}").status_code, secret.token) == (404, None)


def test_anothers_is_not_there_and_a_shared_one_is_the_owners_to_change(ask, ben, program, secret, stranger):
    at = f"/connections/{secret.id}"
    for theirs in (ben, program(stranger)):
        assert theirs("GET", "/connections").json == []
        for method, body in (("GET", None), ("PATCH", {"shared": True}), ("DELETE", None)):
            assert theirs(method, at, body).status_code == 404
    secret.shared = True
    db.session.commit()
    assert ben("GET", at).status_code == 200
    for method, body in (("PATCH", {"shared": False}), ("PATCH", {"slots": []}), ("DELETE", None)):
        assert ben(method, at, body).status_code == 403
    assert program(stranger)("GET", at).status_code == 404
