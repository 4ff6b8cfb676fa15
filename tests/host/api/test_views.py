"""Saved views by program."""

import pytest

from host.db import db


@pytest.fixture
def view(ada):
    answer = ada("POST", "/views", {"name": "Weeding", "filter": {"tag": ["Garden", "#"], "odd": ["x"]}})
    assert answer.status_code == 201
    return answer.json


def test_it_is_kept_as_it_is_read(ada, view):
    assert view == {"id": view["id"], "name": "Weeding", "filter": {"tag": ["garden"]}, "columns": False}
    assert ada("GET", f"/views/{view['id']}").json == view
    assert ada("GET", "/views").json == [view]


def test_it_is_changed_in_part(ada, view, board):
    path = f"/views/{view['id']}"
    assert ada("PATCH", path, {"name": "Harvest"}).json["filter"] == {"tag": ["garden"]}
    changed = ada("PATCH", path, {"filter": {"board": [str(board.id)]}, "columns": True}).json
    assert (changed["name"], changed["filter"], changed["columns"]) == ("Harvest", {"board": [str(board.id)]}, True)
    assert ada("PATCH", path, {"columns": False}).json["columns"] is False
    assert ada("DELETE", path).status_code == 204
    assert ada("GET", path).status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": "Weeding", "filter": {"tag": ["a"]}}, "name"),
        ({"name": "", "filter": {"tag": ["a"]}}, "name"),
        ({"name": "x", "filter": {}}, "filter"),
        ({"name": "x", "filter": {"tag": "a"}}, "filter"),
        ({"name": "x"}, "filter"),
    ],
)
def test_what_is_none_is_refused(ada, view, sent, field):
    answer = ada("POST", "/views", sent)
    assert answer.status_code == 422
    assert [*answer.json["errors"]] == [field]


def test_anothers_is_not_found(ada, ben, view):
    for method, body in (("GET", None), ("PATCH", {"name": "x"}), ("DELETE", None)):
        assert ben(method, f"/views/{view['id']}", body).status_code == 404
    assert ben("GET", "/views").json == []
    db.session.rollback()
