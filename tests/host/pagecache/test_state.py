"""The state of the database is the same until something is committed, and then another."""

import asyncio
import threading

import pytest
from sqlalchemy import create_engine, text

from host.db import db
from host.pagecache import state_of
from host.pagecache.state import PostgresState, SqliteState

PATIENCE = 20  # seconds


@pytest.fixture
def look(app):
    """look(): the state as it is now."""
    state = state_of(app)
    yield lambda: asyncio.run(state.now())
    state.close()


def test_it_stays_while_nothing_is_written(look, board):
    before = look()
    assert before is not None
    assert db.session.get(type(board), board.id).name == "Launch"
    db.session.commit()
    assert look() == before


def test_a_commit_makes_it_another(look, board):
    seen = [look()]
    for name in ("Harvest", "Sowing", "Harvest"):
        board.name = name
        db.session.commit()
        seen.append(look())
    assert len(set(seen)) == 4


def test_what_is_not_committed_is_not_there(look, board):
    before = look()
    board.name = "Harvest"
    db.session.flush()
    assert look() == before
    db.session.rollback()


def test_two_that_write_together_are_two(look, app):
    """On PostgreSQL the one that began first may commit last, and its end has to be noticed too. SQLite has one writer
    at a time."""
    if app.extensions["fallow"].config.on_sqlite:
        return
    began, may_end = threading.Event(), threading.Event()

    engine = db.engine

    def write_slowly():
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE slow (id int)"))
            began.set()
            may_end.wait(PATIENCE)

    thread = threading.Thread(target=write_slowly)
    thread.start()
    assert began.wait(PATIENCE)
    state = PostgresState(engine)
    seen = [asyncio.run(state.now())]
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE quick (id int)"))
    seen.append(asyncio.run(state.now()))
    may_end.set()
    thread.join()
    seen.append(asyncio.run(state.now()))
    engine.dispose()
    assert len(set(seen)) == 3


@pytest.mark.sqlite_only("it is SQLite's file")
def test_without_the_file_it_cannot_be_told(tmp_path):
    missing = SqliteState(tmp_path / "nowhere.db")
    assert asyncio.run(missing.now()) is None
    missing.close()


def test_without_the_server_it_cannot_be_told():
    gone = PostgresState(create_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    assert asyncio.run(gone.now()) is None
