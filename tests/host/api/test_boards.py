"""Boards, who sees them, and their columns."""

from host.db import db
from host.models import Board, User
from host.models.user import HUES


def test_a_board_as_it_is(ada, board, owner):
    first, second = board.columns
    assert ada("GET", f"/boards/{board.id}").json == {
        "id": board.id,
        "name": "Launch",
        "description": "",
        "words_version": board.words_version,
        "hue": "moss",
        "all_access": True,
        "template": False,
        "archived_at": None,
        "created_at": board.created_at.isoformat(),
        "creator": {"id": owner.id, "name": "Ada Field"},
        "columns": [
            {"id": first.id, "name": "Writing", "hue": HUES[0], "position": 0, "order": "touched", "cap": None},
            {"id": second.id, "name": "Checking", "hue": HUES[2], "position": 1, "order": "touched", "cap": None},
        ],
    }


def test_words_that_were_overtaken_are_refused(ada, board, owner):
    where = f"/boards/{board.id}"
    read = ada("GET", where).json["words_version"]
    assert ada("PATCH", where, {"description": "Harvest", "was": read}).status_code == 200
    assert ada("PATCH", where, {"name": "Mine", "was": read}).status_code == 409
    assert (board.name, board.description) == ("Launch", "Harvest")
    assert ada("PATCH", where, {"hue": "sky", "was": read}).status_code == 200


def test_the_list_holds_the_boards_that_one_sees_by_name(ada, ben, board, owner, member):
    Board.create("annual report", by=owner)
    Board.create("Bens own", by=member, all_access=False)
    assert [each["name"] for each in ada("GET", "/boards").json] == ["annual report", "Launch"]
    assert [each["name"] for each in ben("GET", "/boards").json] == ["annual report", "Bens own", "Launch"]


def test_a_list_of_many_boards_costs_as_many_statements_as_one_of_few(ada, board, owner, statements):
    def cost():
        db.session.commit()
        with statements() as seen:
            assert ada("GET", "/boards?per_page=100").status_code == 200
        return len(seen)

    few = cost()
    for number in range(12):
        Board.create(f"Board {number}", by=owner, columns=["One", "Two"])
    assert cost() == few


def test_a_board_is_made(ben, ada, member):
    answer = ben("POST", "/boards", {"name": "  Field \n trip "})
    assert (answer.status_code, answer.json["name"], answer.json["creator"]["id"]) == (201, "Field trip", member.id)
    assert ada("GET", f"/boards/{answer.json['id']}").json == answer.json


def test_a_board_for_oneself_is_seen_by_nobody_else(ben, ada):
    own = ben("POST", "/boards", {"name": "Mine", "all_access": False}).json
    assert own["all_access"] is False
    assert ada("GET", f"/boards/{own['id']}").status_code == 404


def test_admins_and_its_creator_rename_a_board(ada, ben, board, member):
    own = Board.create("Bens own", by=member)
    assert ada("PATCH", f"/boards/{own.id}", {"name": " Field \t trip"}).json["name"] == "Field trip"
    assert ben("PATCH", f"/boards/{own.id}", {"name": "Outing"}).json["name"] == "Outing"
    assert ben("PATCH", f"/boards/{own.id}", {}).json["name"] == "Outing"
    assert ben("PATCH", f"/boards/{board.id}", {"name": "Mine"}).status_code == 403
    assert board.name == "Launch"


def test_a_board_is_described_and_coloured(ada, board):
    answer = ada("PATCH", f"/boards/{board.id}", {"description": "All *corn*", "hue": "clay"})
    assert (answer.json["description"], answer.json["hue"], answer.json["name"]) == ("All *corn*", "clay", "Launch")
    refused = ada("PATCH", f"/boards/{board.id}", {"name": "", "hue": "red", "description": "x" * 10_001})
    assert (refused.status_code, {*refused.json["errors"]}) == (422, {"name", "hue", "description"})


def test_who_sees_a_board_is_said_at_once(ada, ben, board, owner, member, stranger):
    address = f"/boards/{board.id}"
    assert ada("PATCH", address, {"user_ids": [owner.id]}).json["all_access"] is False
    assert ben("GET", address).status_code == 404
    assert ada("PATCH", address, {"all_access": True}).json["all_access"] is True
    assert ben("GET", address).status_code == 200
    assert ada("PATCH", address, {"all_access": False}).json["all_access"] is False
    assert ben("GET", address).status_code == 200
    assert {*ada("PATCH", address, {"all_access": True, "user_ids": [1]}).json["errors"]} == {"user_ids"}
    assert {*ada("PATCH", address, {"user_ids": []}).json["errors"]} == {"people"}
    assert ada("PATCH", address, {"user_ids": [stranger.id]}).status_code == 404
    assert ben("PATCH", address, {"all_access": True}).status_code == 403


def test_a_board_is_removed_by_who_runs_it(ada, ben, board):
    address = f"/boards/{board.id}"
    assert ben("DELETE", address).status_code == 403
    assert ada("DELETE", address).status_code == 204
    assert ada("GET", address).status_code == 404


def test_who_sees_a_board(ada, board, owner, member):
    gone = User.join(owner.account, name="Cy", email=None)
    board.watch(gone)
    gone.deactivate()
    answer = ada("GET", f"/boards/{board.id}/accesses?per_page=1")
    assert answer.headers["X-Total-Count"] == "2"
    (first,) = answer.json
    assert (first["user"], first["watching"]) == (ada("GET", f"/users/{owner.id}").json, True)
    (second,) = ada("GET", f"/boards/{board.id}/accesses?per_page=1&page=2").json
    assert (second["user"]["name"], second["watching"]) == ("Ben Hollow", False)


def test_columns_are_listed_in_their_order(ada, board):
    listed = ada("GET", f"/boards/{board.id}/columns").json
    assert [each["name"] for each in listed] == ["Writing", "Checking"]
    assert ada("GET", f"/boards/{board.id}/columns/{listed[1]['id']}").json == listed[1]


def test_a_column_is_added_at_the_end(ben, board):
    answer = ben("POST", f"/boards/{board.id}/columns", {"name": "Printing", "hue": "rust"})
    assert answer.status_code == 201
    assert (answer.json["name"], answer.json["hue"], answer.json["position"]) == ("Printing", "rust", 2)
    assert ben("POST", f"/boards/{board.id}/columns", {"name": "Next"}).json["hue"] in HUES
    assert [column.name for column in board.columns] == ["Writing", "Checking", "Printing", "Next"]


def test_a_column_gets_another_name_or_hue(ada, board):
    address = f"/boards/{board.id}/columns/{board.columns[0].id}"
    assert ada("PATCH", address, {"name": "Drafting"}).json["name"] == "Drafting"
    assert ada("PATCH", address, {"hue": "sky"}).json["hue"] == "sky"
    assert ada("PATCH", address, {"hue": "pink"}).json["errors"] == {"hue": ["Choose one of the colours."]}
    assert ada("GET", address).json["name"] == "Drafting"


def test_a_column_that_goes_leaves_its_cards_in_maybe(ada, board):
    column = board.columns[0]
    card = board.add_card("Poster", column=column)
    address = f"/boards/{board.id}/columns/{column.id}"
    assert ada("DELETE", address).status_code == 204
    assert (card.place, card.column) == ("maybe", None)
    assert ada("GET", address).status_code == 404
    assert ada("DELETE", address).status_code == 404


def test_a_board_is_watched_or_not(ben, board):
    address = f"/boards/{board.id}/watch"
    assert ben("GET", address).json == {"watching": False}
    assert ben("PUT", address).json == {"watching": True}
    assert ben("GET", address).json == {"watching": True}
    assert ben("DELETE", address).json == {"watching": False}
    assert ben("GET", address).json == {"watching": False}


def test_a_column_has_a_cap_and_a_place(ada, board):
    address = f"/boards/{board.id}/columns"
    made = ada("POST", address, {"name": "Ripe", "cap": 3}).json
    assert (made["cap"], made["position"]) == (3, 2)
    moved = ada("PATCH", f"{address}/{made['id']}", {"position": 0, "cap": None}).json
    assert (moved["cap"], moved["position"], moved["name"]) == (None, 0, "Ripe")
    assert [each["name"] for each in ada("GET", address).json] == ["Ripe", "Writing", "Checking"]
    assert {*ada("PATCH", f"{address}/{made['id']}", {"cap": 0}).json["errors"]} == {"cap"}
    assert {*ada("PATCH", f"{address}/{made['id']}", {"position": -1}).json["errors"]} == {"position"}


def test_a_board_has_a_public_link_until_it_is_revoked(ada, ben, app, board):
    address = f"/boards/{board.id}/publication"
    assert ada("GET", address).json == {"url": None, "created_at": None}
    assert ben("PUT", address).status_code == 403
    url = ada("PUT", address).json["url"]
    assert ben("GET", address).json["url"] == url == ada("POST", address).json["url"]
    assert app.test_client().get(url).status_code == 200
    assert ben("DELETE", address).status_code == 403
    assert ada("DELETE", address).status_code == 204
    assert app.test_client().get(url).status_code == 404
