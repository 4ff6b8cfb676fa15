"""Pins by a program."""


def test_put_listed_and_taken(ada, ben, board):
    board.add_card("Poster")
    assert ada("GET", "/cards/1/pin").json == {"pinned": False}
    assert ada("PUT", "/cards/1/pin").json == ada("PUT", "/cards/1/pin").json == {"pinned": True}
    assert [each["number"] for each in ada("GET", "/pins").json] == [1]
    assert ben("GET", "/pins").json == []
    assert ada("DELETE", "/cards/1/pin").json == {"pinned": False}
    assert ada("GET", "/pins").json == []
