"""Boards, who sees them, and their columns."""

from host.db import db
from host.models import Board, User
from host.models.user import HUES


def test_a_board_as_it_is(ada, board, owner):
    first, second = board.columns
    assert ada("GET", f"/boards/{board.id}").json == {
        "id": board.id,
        "name": "Launch",
        "all_access": True,
        "created_at": board.created_at.isoformat(),
        "creator": {"id": owner.id, "name": "Ada Field"},
        "columns": [
            {"id": first.id, "name": "Writing", "hue": HUES[0], "position": 0},
            {"id": second.id, "name": "Checking", "hue": HUES[2], "position": 1},
        ],
    }


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


def test_who_sees_a_board(ada, board, owner, member):
    gone = User.join(owner.account, name="Cy", email=None)
    board.watch(gone)
    gone.deactivate()
    answer = ada("GET", f"/boards/{board.id}/accesses?per_page=1")
    assert answer.headers["X-Total-Count"] == "2"
    (first,) = answer.json
    assert (first["user"], first["watching"]) == (ada("GET", "/me").json, True)
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
