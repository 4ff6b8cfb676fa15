"""Reactions by a program."""

import pytest


@pytest.fixture
def card(board):
    return board.add_card("Poster")


def test_given_listed_and_taken_back(ada, ben, card, member):
    where = f"/cards/{card.number}/reactions"
    said = ada("POST", f"/cards/{card.number}/comments", {"body": "Done?"}).json["id"]
    given = ben("POST", where, {"content": "👍", "comment": said}).json
    assert given["creator"] == {"id": member.id, "name": "Ben Hollow"}
    assert ben("POST", where, {"content": "👍", "comment": said}).json["id"] == given["id"]
    ada("POST", where, {"content": "yes"})
    assert [(each["content"], each["comment_id"]) for each in ada("GET", where).json] == [("👍", said), ("yes", None)]
    assert ada("DELETE", f"{where}/{given['id']}").status_code == 403
    assert ben("DELETE", f"{where}/{given['id']}").status_code == 204
    assert ben("DELETE", f"{where}/{given['id']}").status_code == 404


def test_what_is_refused(ada, card):
    where = f"/cards/{card.number}/reactions"
    too_long = ada("POST", where, {"content": "x" * 17}).json
    assert too_long["errors"] == {"content": ["A reaction has 1 to 16 characters."]}
    assert ada("POST", where, {"content": "x", "comment": 99}).status_code == 404
    assert ada("POST", where, {}).status_code == 422
