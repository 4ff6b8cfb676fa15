"""What somebody may not know of is not there, whatever one asks of it: also of resources that come later."""

import re

import pytest

from host.db import db
from host.models import Board


@pytest.fixture
def plugins():
    """All of ours: their resources must keep to it too."""
    return


@pytest.fixture
def foreign(owner, stranger, member):
    """What Ada may not know of: in another space, and on a closed board of her own."""
    owner.account.next_numbers(10)
    things = []
    for by, number in ((stranger, 7), (member, 11)):
        board = Board.create("Secret", by=by, all_access=False, columns=["Secret"])
        card = board.add_card("Secret", by=by)
        card.number, step, tag = number, card.add_step("Secret"), card.tag("secret")
        db.session.flush()
        column = board.columns[0]
        things.append({"boards": board.id, "cards": number, "columns": column.id, "steps": step.id, "taggings": tag.id})
    db.session.commit()
    return things


def asked(document):
    """(method, path, body) of everything that can be asked about a board or a card, with the least that it needs."""
    for path, operations in document["paths"].items():
        if re.search(r"/(boards|cards)/\{", path):
            for method, operation in operations.items():
                if method != "parameters":
                    yield method.upper(), path.removeprefix("/api/v1"), _least(document, operation)


def _least(document, operation):
    if "application/json" not in operation.get("requestBody", {}).get("content", {}):
        return None
    name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    schema = document["components"]["schemas"][name]
    return {field: _value(schema["properties"][field]) for field in schema.get("required", ())}


def _value(told):
    if told.get("format") == "date":
        return "2030-01-01"
    if told.get("enum"):
        return told["enum"][0]
    kind = told["type"]
    return {"string": "x", "integer": 60, "boolean": True}[kind if isinstance(kind, str) else kind[0]]


def named(path, thing):
    """The path about this thing; what is no part of a board or card is called 1."""
    filled = re.sub(r"(\w+)/\{\w+\}", lambda found: f"{found[1]}/{thing.get(found[1], 1)}", path)
    assert "{" not in filled
    return filled


def test_it_is_not_found(ada, document, foreign):
    tried = 0
    for thing in foreign:
        for method, path, body in asked(document):
            answer = ada(method, named(path, thing), body)
            assert answer.status_code == 404, (method, path, answer.json)
            assert "Secret" not in answer.text
            tried += 1
    assert tried >= 80


def test_it_looks_like_what_never_was(ada, foreign):
    for path, thing in (("/cards/{cards}", foreign[0]), ("/boards/{boards}", foreign[1])):
        unknown = ada("GET", re.sub(r"\{.*\}", "4711", path)).json
        assert unknown["detail"].replace("4711", "7") == ada("GET", path.format(**thing)).json["detail"]


def test_it_is_no_part_of_ones_own(ada, board, foreign, stranger):
    column = board.columns[0]
    mine = board.add_card("Mine", column=column)
    tag = mine.tag("mine")
    step = mine.add_step("Mine")
    card, on_board = f"/cards/{mine.number}", f"/boards/{board.id}"
    for thing in foreign:
        for method, path, body in (
            ("GET", f"{card}/steps/{thing['steps']}", None),
            ("PATCH", f"{card}/steps/{thing['steps']}", {"done": True}),
            ("DELETE", f"{card}/steps/{thing['steps']}", None),
            ("GET", f"{on_board}/columns/{thing['columns']}", None),
            ("PATCH", f"{on_board}/columns/{thing['columns']}", {"name": "x"}),
            ("DELETE", f"{on_board}/columns/{thing['columns']}", None),
            ("POST", f"{on_board}/cards", {"title": "x", "column": thing["columns"]}),
            ("PUT", f"{card}/triage", {"column": thing["columns"]}),
            ("PUT", f"{card}/board", {"board": thing["boards"]}),
            ("POST", f"{card}/assignments", {"assignee": stranger.id}),
            ("DELETE", f"{card}/assignments/{stranger.id}", None),
            *([("DELETE", f"{card}/taggings/{thing['taggings']}", None)] if thing is foreign[0] else []),
            ("GET", f"/users/{stranger.id}", None),
        ):
            assert ada(method, path, body).status_code == 404, (method, path)
    assert ada("GET", f"/cards?column={foreign[1]['columns']}").json == []
    assert (mine.column, mine.board, mine.tags, mine.steps) == (column, board, [tag], [step])
