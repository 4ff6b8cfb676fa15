"""The file of SQLite is looked after when nobody is at work."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from host import db
from plugins.cleanup import upkeep


@pytest.fixture
def emptied(board, travel):
    """A file with room that nothing uses any more, and nobody at work."""
    db.session.execute(text("CREATE TABLE pile (what TEXT)"))
    for _ in range(50):
        db.session.execute(text("INSERT INTO pile VALUES (:what)"), {"what": "x" * 40_000})
    db.session.execute(text("DROP TABLE pile"))
    db.session.commit()
    travel(minutes=5)


def pages():
    db.session.commit()
    return db.session.scalar(text("PRAGMA page_count")), db.session.scalar(text("PRAGMA freelist_count"))


sqlite_only = pytest.mark.sqlite_only("PostgreSQL has its own autovacuum")


@sqlite_only
def test_room_is_given_back_in_steps(emptied, monkeypatch):
    monkeypatch.setattr(upkeep, "PAGES", 100)
    (size, free) = pages()
    assert free > 200
    assert upkeep.run.run() == f"{free} pages given back"
    assert pages() == (size - free, 0)
    assert upkeep.run.run() == "nothing to give back"


@sqlite_only
def test_not_while_somebody_is_at_work(emptied, board):
    board.add_card("Bake")
    db.session.commit()
    assert upkeep.run.run() == "others are at work; next time"
    assert pages()[1] > 200


@sqlite_only
def test_whoever_writes_is_not_kept_from_it(emptied):
    db.session.commit()
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert upkeep.run.run() == "others began to work; next time"
        other.execute("ROLLBACK")


@sqlite_only
def test_a_fault_of_the_file_is_no_busy_moment(emptied, monkeypatch):
    monkeypatch.setattr(upkeep, "PAGES", "not a number")
    with pytest.raises(sqlite3.OperationalError):
        upkeep.run.run()


def test_on_postgresql_there_is_nothing_to_do(board, travel):
    travel(minutes=5)
    done = {"sqlite": "nothing to give back", "postgresql": "PostgreSQL looks after itself"}
    assert upkeep.run.run() == done[db.engine.dialect.name]
