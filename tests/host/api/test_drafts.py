"""Drafts by a program."""


def test_a_draft_is_opened_written_and_published(ada, ben, board):
    column = board.columns[0].id
    draft = ada("POST", f"/boards/{board.id}/draft", {"column": column}).json
    where = f"/cards/{draft['number']}"
    assert (draft["place"], draft["column"]["id"]) == ("draft", column)
    assert ada("POST", f"/boards/{board.id}/draft", {}).json["number"] == draft["number"]
    assert ada("PATCH", where, {"title": "Cut the reeds"}).json["title"] == "Cut the reeds"
    assert ada("PATCH", where, {"description": "Soon"}).json["title"] == "Cut the reeds"
    for call in (ben, ada):
        assert call("GET", "/cards").json == call("GET", f"/boards/{board.id}/cards?place=draft").json == []
    assert ben("GET", where).status_code == ben("POST", f"{where}/publication").status_code == 404
    assert ada("POST", f"{where}/publication").json["place"] == "column"
    assert ben("GET", where).json["description"] == "Soon"


def test_without_a_title_it_is_refused_and_it_can_be_thrown_away(ada, board):
    where = f"/cards/{ada('POST', f'/boards/{board.id}/draft', {}).json['number']}"
    assert ada("POST", f"{where}/publication").json["errors"] == {"title": ["A card needs a title."]}
    assert ada("DELETE", where).status_code == 204
    assert ada("GET", where).status_code == 404
