"""Files on cards by a program."""

from io import BytesIO

import pytest
from PIL import Image


@pytest.fixture
def card(board):
    return board.add_card("Poster")


def test_a_file_is_put_on_a_card_and_covers_it(ada, card):
    where = f"/cards/{card.number}"
    Image.new("RGB", (4, 3)).save(drawn := BytesIO(), "PNG")
    drawn.seek(0)
    told = ada("POST", f"{where}/files", data={"file": (drawn, "oak.png")})
    assert told.status_code == 201
    assert (told.json["name"], told.json["type"], told.json["width"]) == ("oak.png", "image/png", 4)
    assert ada("GET", f"{where}/files").json == [told.json]
    assert ada("PUT", f"{where}/cover", {"file": told.json["id"]}).status_code == 200
    assert card.cover.attachment_id == told.json["id"]
    assert ada("DELETE", f"{where}/cover").status_code == 200
    assert ada("DELETE", f"{where}/files/{told.json['id']}").status_code == 204
    assert ada("GET", f"{where}/files").json == []


def test_what_is_refused(ada, card):
    where = f"/cards/{card.number}"
    text = ada("POST", f"{where}/files", data={"file": (BytesIO(b"oak"), "oak.txt")}).json
    assert ada("PUT", f"{where}/cover", {"file": text["id"]}).status_code == 422
    assert ada("PUT", f"{where}/cover", {"file": 99}).status_code == 404
    assert [*ada("POST", f"{where}/files", data={}).json["errors"]] == ["file"]
