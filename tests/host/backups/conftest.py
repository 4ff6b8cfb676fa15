"""What the tests of backups share: an installation with a card and a file, and what it holds."""

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import text

from host.backups import cipher
from host.db import db
from host.files import File

PASSPHRASE = "a walk in the long grass"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    """A key that is slow on purpose would be a good part of all that these tests do."""
    monkeypatch.setattr(cipher, "N", 2)


@pytest.fixture
def shelf(app):
    """The folder of backups. A program that tests use again leaves nothing in it."""
    data = app.extensions["fallow"].config.data
    yield data / "backups"
    for path in (data / "backups").glob("*.backup"):
        path.unlink()


@pytest.fixture
def filled(board, owner, shelf):
    """A card and a file."""
    board.add_card("Bake")
    File.keep(BytesIO(b"a pear"), "pear.txt", owner)
    db.session.commit()
    return board


def cards() -> list[str]:
    db.session.commit()
    return list(db.session.scalars(text("SELECT title FROM card ORDER BY id")))


def left_in(data: Path) -> list[str]:
    """What a backup that came to nothing must not leave."""
    return [path.name for path in data.rglob("*") if path.name.endswith(".part") or "scratch" in path.name]
