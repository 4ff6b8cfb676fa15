"""fallow db, import and demo."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.host.commands.conftest import Fallow, refused

EXPORTS = Path(__file__).parents[2] / "data" / "trello"
SMALL = str(EXPORTS / "board-small.json")


def ask(data: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "fallow.db")) as connection, connection:
        return connection.execute(question).fetchall()


def test_current_says_whose_tables_are_where(fallow: Fallow) -> None:
    assert json.loads(fallow("db", "current", "--json").stdout) == [{"owner": "host", "version": None, "newest": False}]
    assert fallow("db", "upgrade").stdout == "The database is at the newest version.\n"
    [host] = json.loads(fallow("--json", "db", "current").stdout)
    assert host["owner"] == "host"
    assert host["newest"]


def test_check_before_the_first_upgrade(fallow: Fallow) -> None:
    refused(fallow("db", "check"), "Not at this program's version: host. Run `fallow db upgrade`.")


def test_check_finds_nothing_in_sound_data(space: Fallow) -> None:
    space("demo", "--cards", "50")
    assert space("db", "check").stdout == "The database is in order.\n"


def test_check_finds_cards_in_wrong_places_and_dangling_rows(space: Fallow, data: Path) -> None:
    space("demo", "--cards", "50")
    ask(data, "UPDATE card SET place = 'done' WHERE id = (SELECT min(id) FROM card WHERE place != 'done')")
    refused(space("db", "check"), "1 card is in a wrong place.")
    ask(data, "INSERT INTO comment (card_id, body, created_at) VALUES (9999, 'x', '2020-01-01')")
    refused(space("db", "check"), "Rows point to what is gone, in comment. 1 card is in a wrong place.")


def test_a_file_that_is_no_database(fallow: Fallow, data: Path) -> None:
    data.mkdir()
    (data / "fallow.db").write_text("not a database at all, but long enough to be read as one" * 20)
    result = fallow("user", "list")
    assert result.exit_code == 1
    assert result.stderr.startswith("fallow: ")
    assert len(result.stderr.splitlines()) == 1


def test_import_tells_what_it_did(space: Fallow, data: Path) -> None:
    result = space("import", "trello", SMALL, "--board", "Ours", "--dates", "keep")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Board “Ours”\nTaken over:\n  12 columns\n  45 cards\n")
    assert ask(data, "SELECT name FROM board") == [("Ours",)]
    assert ask(data, "SELECT count(*), max(last_active_at) < '2016' FROM card") == [(45, 1)]


def test_a_rehearsal_prints_the_same_and_changes_nothing(space: Fallow, data: Path) -> None:
    before = [ask(data, f'SELECT * FROM "{table}"') for table in ("account", "user", "board", "card", "tag", "event")]
    rehearsed = space("import", "trello", SMALL, "--dry-run").stdout
    after = [ask(data, f'SELECT * FROM "{table}"') for table in ("account", "user", "board", "card", "tag", "event")]
    assert after == before
    assert rehearsed == space("import", "trello", SMALL).stdout + "Nothing was changed: this was a rehearsal.\n"


def test_import_as_json(space: Fallow) -> None:
    rehearsed = json.loads(space("import", "trello", SMALL, "--dry-run", "--json").stdout)
    told = json.loads(space("import", "trello", SMALL, "--json").stdout)
    assert rehearsed == {**told, "board_id": None}
    assert told["taken"]["cards"] == 45


def test_import_from_standard_input(space: Fallow) -> None:
    result = space("import", "trello", "-", typed=(EXPORTS / "old.json").read_text())
    assert result.stdout.startswith("Board “Choir tour”\n")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.json", b"", "The file is empty."),
        ("board.zip", b"PK\x03\x04", "This is a ZIP file, not the JSON of one board."),
        ("board.csv", b"Card ID,Card Name", "This is no JSON (line 1); in Trello choose Export as JSON."),
    ],
)
def test_import_of_what_is_no_board(space: Fallow, data: Path, name: str, content: bytes, said: str) -> None:
    (data / name).write_bytes(content)
    refused(space("import", "trello", str(data / name)), said)
    assert ask(data, "SELECT count(*) FROM board") == [(0,)]


def test_import_of_what_cannot_be_read(space: Fallow, data: Path) -> None:
    refused(space("import", "trello", str(data)), f"{data} is a folder; name the JSON file of one board.")
    gone = data / "gone.json"
    refused(space("import", "trello", str(gone)), f"{gone} cannot be read: No such file or directory.")


def test_import_before_there_is_a_space(fallow: Fallow) -> None:
    refused(fallow("import", "trello", SMALL), "There is no space yet: `fallow init` makes one.")


def test_demo_makes_a_space_where_there_is_none(fallow: Fallow, data: Path) -> None:
    result = fallow("demo", "--cards", "30", "--boards", "2", "--stale", "0.5")
    assert result.stdout == "30 cards lie on 2 boards of “Garden press” (ines@fallow.example).\n"
    assert ask(data, "SELECT count(*) FROM card") == [(30,)]


def test_demo_wants_an_empty_space(space: Fallow) -> None:
    space("demo", "--cards", "1", "--boards", "1")
    refused(space("demo"), "There are boards in “Meadow”; demo data wants an empty space.")
