"""What is no Trello board is refused in one line, before anything is written."""

import json

import pytest

from host.db import db
from host.models import Board, User
from host.transfer.trello import import_trello
from host.transfer.trello.refusal import NoBoard, board_in

OTHER = "This JSON is no Trello board: it has no lists and cards of Trello's."
NO_BOARDS = {
    b"": "The file is empty.",
    b" \n ": "The file is empty.",
    b"not json": "This is no JSON (line 1); in Trello choose Export as JSON.",
    b'{"lists": [],\n "cards": [}': "This is no JSON (line 2); in Trello choose Export as JSON.",
    b"Card ID,Card Name\n1,Sink\n": "This is no JSON (line 1); in Trello choose Export as JSON.",
    b"<!doctype html><title>Trello</title>": "This is no JSON (line 1); in Trello choose Export as JSON.",
    b"PK\x03\x04\x14\x00": "This is a ZIP file, not the JSON of one board.",
    b"\x1f\x8b\x08\x00": "This is a gzip file, not the JSON of one board.",
    b'{"name": "\xff\xfe\xfd"}': "This is no text file; Fallow reads the JSON that Trello exports.",
    b"[" * 100_000: "This JSON is nested too deeply to be a Trello board.",
    b"null": "This JSON is no Trello board: it has to be an object with lists and cards.",
    b"[]": "This JSON is no Trello board: it has to be an object with lists and cards.",
    b"{}": OTHER,
    b'{"lists": [], "cards": []}': OTHER,
    b'{"name": "x", "lists": {}, "cards": null}': OTHER,
    b'{"cards": [{"title": "of another program"}]}': OTHER,
    b'{"name": "Team", "boards": [{}]}': "This is an export of a whole workspace; export each board by itself.",
    b'{"name": "Sink", "idList": "5a"}': "This is one Trello card; export its board.",
}

BOARDS = {
    "empty": {"name": "Nothing yet", "lists": [], "cards": []},
    "without a name": {"lists": [{"id": "1"}], "cards": [{"id": "2"}]},
    "cards alone": {"cards": [{"id": "2", "idList": "1", "name": "Sink"}]},
    "lists alone": {"lists": [{"id": "1", "idBoard": "b", "name": "To do"}]},
}


@pytest.mark.parametrize(("data", "said"), NO_BOARDS.items(), ids=[str(data[:20]) for data in NO_BOARDS])
def test_no_board(data: bytes, said: str) -> None:
    with pytest.raises(NoBoard) as refused:
        board_in(data)
    assert refused.value.message == said
    assert "\n" not in said


@pytest.mark.parametrize("document", BOARDS.values(), ids=BOARDS)
@pytest.mark.sqlite_only("the reader does not touch the database")
def test_a_board_of_any_kind(document: dict, owner: User) -> None:
    report = import_trello(json.dumps(document), by=owner)
    assert len(owner.board(report.board_id).columns) == len(document.get("lists", []))
    assert report.counts["cards"] == len(document.get("cards", []))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_any_unicode_encoding(encoding: str) -> None:
    assert board_in('{"name": "Küche", "lists": [], "cards": []}'.encode(encoding))["name"] == "Küche"


def test_text_with_a_byte_order_mark() -> None:
    assert board_in('\ufeff{"name": "x", "lists": [], "cards": []}')["name"] == "x"


def test_nothing_is_written(owner: User) -> None:
    with pytest.raises(NoBoard):
        import_trello(b"{}", by=owner)
    db.session.commit()
    assert db.session.scalars(db.select(Board)).all() == []
