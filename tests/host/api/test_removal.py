"""Removing, restoring and copying cards, and their day, by a program."""

from io import BytesIO

import pytest

from host.db import db
from host.models import Board


@pytest.fixture
def card(board, owner):
    return board.add_card("Poster", by=owner)


def test_a_card_is_removed_and_restored(ada, ben, card):
    where = f"/cards/{card.number}"
    assert ben("DELETE", where).status_code == 403
    assert ada("DELETE", where).status_code == 204
    assert ada("GET", where).status_code == 404
    assert ada("GET", "/cards").json == []
    assert ben("POST", f"{where}/restoration").status_code == 403
    assert ada("POST", f"{where}/restoration").json["title"] == "Poster"
    assert ada("POST", f"{where}/restoration").status_code == 404


def test_a_day_and_a_copy(ada, card):
    where = f"/cards/{card.number}"
    assert ada("PATCH", where, {"due_on": "2030-05-01"}).json["due_on"] == "2030-05-01"
    assert ada("PATCH", where, {"due_on": "soon"}).status_code == 422
    copy = ada("POST", f"{where}/duplicate")
    assert (copy.status_code, copy.json["title"], copy.json["due_on"]) == (201, "Poster", None)
    assert ada("PATCH", where, {"due_on": None}).json["due_on"] is None


def test_steps_reactions_and_files_are_removed_and_restored(ada, ben, card):
    where = f"/cards/{card.number}"
    made = [
        ada("POST", f"{where}/steps", {"text": "Sharpen the scythe"}),
        ada("POST", f"{where}/reactions", {"content": "yes"}),
        ada("POST", f"{where}/files", data={"file": (BytesIO(b"oak"), "oak.txt")}),
    ]
    for answer, parts in zip(made, ("steps", "reactions", "files"), strict=True):
        part = f"{where}/{parts}/{answer.json['id']}"
        assert ada("POST", f"{part}/restoration").status_code == 404
        assert ada("DELETE", part).status_code == 204
        assert ada("GET", f"{where}/{parts}").json == []
        assert ada("DELETE", part).status_code == 404
        assert ben("POST", f"{part}/restoration").status_code == (403 if parts == "reactions" else 200)
        assert ada("GET", f"{where}/{parts}").json == ([] if parts == "reactions" else [answer.json])
    assert ada("POST", f"{where}/reactions/{made[1].json['id']}/restoration").json == made[1].json


def test_it_comes_back_for_nobody_who_may_not_know_of_it(ada, ben, program, owner, stranger):
    secret = Board.create("Secret", by=owner, all_access=False)
    card, gone = (secret.add_card("Secret", by=owner) for _card in range(2))
    theirs = Board.create("Quarry", by=stranger).add_card("Of the same number", by=stranger)
    assert theirs.number == card.number
    db.session.commit()
    where = f"/cards/{card.number}"
    made = {
        "comments": ada("POST", f"{where}/comments", {"body": "Secret"}),
        "steps": ada("POST", f"{where}/steps", {"text": "Secret"}),
        "reactions": ada("POST", f"{where}/reactions", {"content": "yes"}),
        "files": ada("POST", f"{where}/files", data={"file": (BytesIO(b"secret"), "secret.txt")}),
    }
    removed = [f"/cards/{gone.number}", *(f"{where}/{parts}/{answer.json['id']}" for parts, answer in made.items())]
    zoe = program(stranger)
    for thing in removed:
        assert ada("DELETE", thing).status_code == 204
        assert [asked("POST", f"{thing}/restoration").status_code for asked in (ben, zoe)] == [404, 404]
        assert ada("GET", thing).status_code in (404, 405)  # a part of a card has no address of its own
        assert ada("POST", f"{thing}/restoration").status_code == 200
