"""A card: as it is, made, changed, removed."""

import pytest

from host.db import db
from host.models import Card


def test_a_card_as_it_is(ada, board, owner, member):
    card = board.add_card("Poster", by=member, description="**Large**", column=board.columns[0])
    card.gild(owner)
    card.assign(member, owner)
    card.tag("Print")
    card.add_step("Ask the printer", done=True)
    (tag,), (step,) = card.tags, card.steps
    assert ada("GET", f"/cards/{card.number}").json == {
        "number": card.number,
        "title": "Poster",
        "description": "**Large**",
        "place": "column",
        "board_id": board.id,
        "column": {"id": board.columns[0].id, "name": "Writing"},
        "golden": True,
        "creator": {"id": member.id, "name": "Ben Hollow"},
        "assignees": [{"id": member.id, "name": "Ben Hollow"}],
        "tags": [{"id": tag.id, "title": "print"}],
        "steps": [{"id": step.id, "text": "Ask the printer", "done": True, "position": 0}],
        "stalled": False,
        "words_version": card.words_version,
        "due_on": None,
        "created_at": card.created_at.isoformat(),
        "last_active_at": card.last_active_at.isoformat(),
        "url": f"http://localhost/cards/{card.number}",
    }


def test_a_plain_card_says_so(ada, card):
    said = ada("GET", f"/cards/{card.number}").json
    assert {name: said[name] for name in ("place", "column", "golden", "assignees", "tags", "steps")} == {
        "place": "maybe",
        "column": None,
        "golden": False,
        "assignees": [],
        "tags": [],
        "steps": [],
    }


def test_a_card_is_made_by_whose_token_it_is(ben, board, member):
    answer = ben("POST", f"/boards/{board.id}/cards", {"title": " Poster\n", "description": "A\r\nB"})
    assert answer.status_code == 201
    card = db.session.scalars(db.select(Card)).one()
    assert (card.number, card.title, card.description, card.place) == (1, "Poster", "A\nB", "maybe")
    assert (card.creator, card.watchers) == (member, [member])
    assert answer.json == ben("GET", "/cards/1").json


def test_a_card_is_made_in_a_column(ada, board):
    column = board.columns[1].id
    answer = ada("POST", f"/boards/{board.id}/cards", {"title": "Poster", "column": column})
    assert (answer.json["place"], answer.json["column"]["id"]) == ("column", column)
    assert ada("POST", f"/boards/{board.id}/cards", {"title": "B", "column": None}).json["place"] == "maybe"


@pytest.mark.parametrize("column", ["1", 1.5, True, {}])
def test_a_column_is_named_by_its_number(ada, board, column):
    answer = ada("POST", f"/boards/{board.id}/cards", {"title": "Poster", "column": column})
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["column"])


def test_words_are_changed_one_or_both(ada, card, travel):
    travel(hours=1)
    changed = ada("PATCH", "/cards/1", {"title": "Large poster"}).json
    assert (changed["title"], changed["description"]) == ("Large poster", "")
    assert changed["last_active_at"] > changed["created_at"]
    assert ada("PATCH", "/cards/1", {"title": "A", "description": "B"}).json["description"] == "B"
    assert ada("PATCH", "/cards/1", {}).status_code == 200
    assert (card.title, card.description) == ("A", "B")


def test_a_wrong_word_leaves_the_other_as_it_was(ada, card):
    answer = ada("PATCH", "/cards/1", {"title": "New", "description": "x" * 100_001})
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["description"])
    assert card.title == "Poster"
    answer = ada("PATCH", "/cards/1", {"title": "New", "place": "done"})
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["place"])
    assert card.title == "Poster"


def test_a_card_is_removed_by_admins_and_its_creator(ada, ben, board, member, owner):
    adas, bens, other = (board.add_card("Poster", by=by).number for by in (owner, member, member))
    assert ben("DELETE", f"/cards/{adas}").status_code == 403
    assert ben("DELETE", f"/cards/{bens}").status_code == 204
    answer = ada("DELETE", f"/cards/{other}")
    assert (answer.status_code, answer.data) == (204, b"")
    assert ada("DELETE", f"/cards/{other}").status_code == 404
    assert [each["number"] for each in ada("GET", "/cards").json] == [adas]


def test_words_that_were_overtaken_are_refused(ada, ben, board):
    board.add_card("Poster")
    read = ada("GET", "/cards/1").json["words_version"]
    assert ben("PATCH", "/cards/1", {"title": "Flyer", "was": read}).status_code == 200
    refused = ada("PATCH", "/cards/1", {"description": "Mine", "was": read})
    assert (refused.status_code, ada("GET", "/cards/1").json["description"]) == (409, "")
    assert ada("PATCH", "/cards/1", {"description": "Mine"}).status_code == 200
