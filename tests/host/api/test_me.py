"""What a program may change about the person whose token it has."""

import pytest

from host.models.token import Scope


def test_name_handle_and_zone_change_and_what_is_left_out_stays(ada, owner):
    answer = ada("PATCH", "/me", {"handle": "@Ada", "zone": "Asia/Kolkata"})
    assert (answer.status_code, answer.json) == (200, ada("GET", "/me").json)
    assert (answer.json["name"], answer.json["handle"], answer.json["zone"]) == ("Ada Field", "ada", "Asia/Kolkata")
    assert ada("PATCH", "/me", {"name": " Ada  Fen ", "zone": None}).json["name"] == "Ada Fen"
    assert (owner.handle, owner.zone) == ("ada", None)
    assert ada("PATCH", "/me", {}).json["name"] == "Ada Fen"


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"handle": "ben-hollow"}, ["handle"]),
        ({"handle": ""}, ["handle"]),
        ({"handle": "all"}, ["handle"]),
        ({"handle": None}, ["handle"]),
        ({"name": " "}, ["name"]),
        ({"zone": "Mars/Olympus"}, ["zone"]),
        ({"zone": 7}, ["zone"]),
        ({"name": "Ada Fen", "handle": "a b", "zone": "x"}, ["handle", "zone"]),
        ({"email": "eve@example.org"}, ["email"]),
        ({"role": "owner"}, ["role"]),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_stored(ada, owner, member, given, fields):
    before = ada("GET", "/me").json
    answer = ada("PATCH", "/me", given)
    assert (answer.status_code, sorted(answer.json["errors"])) == (422, fields)
    assert ada("GET", "/me").json == before


def test_a_token_that_may_only_read_changes_nothing(program, owner):
    assert program(owner, Scope.READ)("PATCH", "/me", {"name": "Eve"}).status_code == 403
