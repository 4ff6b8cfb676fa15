"""One action on many cards by program."""

import pytest

from host.models import Board


@pytest.fixture
def cards(board, owner):
    return [board.add_card(title, by=owner) for title in ("Sow", "Reap")]


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"verb": "close"}, {"place": "done"}),
        ({"verb": "postpone"}, {"place": "not_now"}),
        ({"verb": "move", "column": "{column}"}, {"place": "column"}),
        ({"verb": "tag", "tag": "Water"}, {"place": "maybe"}),
        ({"verb": "assign", "assignee": "{member}"}, {"place": "maybe"}),
    ],
)
def test_it_is_done_to_all_and_undone(ada, cards, board, member, more, shown):
    ids = {"{column}": board.columns[0].id, "{member}": member.id}
    before = [ada("GET", f"/cards/{number}").json for number in (1, 2)]
    answer = ada("POST", "/bulk_actions", {"cards": [1, 2, 4711], **{key: ids.get(v, v) for key, v in more.items()}})
    assert (answer.status_code, answer.json["count"], answer.json["undoable"]) == (201, 2, True)
    card = ada("GET", "/cards/1").json
    assert card != before[0]
    assert shown.items() <= card.items()
    path = f"/bulk_actions/{answer.json['id']}"
    assert ada("GET", path).json == answer.json
    assert ada("DELETE", path).json == {"put_back": 2}
    assert [ada("GET", f"/cards/{number}").json for number in (1, 2)] == before
    assert ada("DELETE", path).status_code == 422


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"cards": [], "verb": "close"}, 422),
        ({"cards": [1], "verb": "burn"}, 422),
        ({"cards": [1], "verb": "move"}, 422),
        ({"cards": [1], "verb": "assign"}, 422),
        ({"cards": [1], "verb": "tag"}, 422),
        ({"cards": [1], "verb": "move", "column": 4711}, 404),
        ({"cards": [1], "verb": "assign", "assignee": 4711}, 404),
        ({"cards": [4711], "verb": "close"}, 404),
        ({"cards": list(range(1, 103)), "verb": "close"}, 422),
    ],
)
def test_what_cannot_be_done_is_refused(ada, cards, sent, status):
    assert ada("POST", "/bulk_actions", sent).status_code == status


def test_anothers_is_not_found(ada, ben, cards):
    done = ada("POST", "/bulk_actions", {"cards": [1], "verb": "close"}).json
    assert ben("GET", f"/bulk_actions/{done['id']}").status_code == 404
    assert ben("DELETE", f"/bulk_actions/{done['id']}").status_code == 404


def test_a_card_of_a_board_that_one_may_not_know_of_is_passed_over(ada, cards, member):
    secret = Board.create("Secret", by=member, all_access=False).add_card("Hidden", by=member)
    assert ada("POST", "/bulk_actions", {"cards": [1, secret.number], "verb": "close"}).json["count"] == 1
    assert secret.closure is None
