"""The state of the database is the same until something is committed, and then another."""

import asyncio
import threading
from contextlib import ExitStack

import pytest
from sqlalchemy import create_engine, make_url, text

from host.db import db
from host.pagecache import database, state_of
from host.pagecache.database import Postgres, Sqlite
from tests.patience import until

PATIENCE = 20  # seconds
ALL_OF_THEM = 15  # connections: SQLAlchemy keeps five and opens ten more
OTHERS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")


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


def test_it_waits_for_nobody_s_connection(look):
    """Those of the pages may all be taken."""
    db.session.remove()
    with ExitStack() as stack:
        for _each in range(ALL_OF_THEM):
            stack.enter_context(db.engine.connect())
        assert look() is not None


@pytest.fixture
def engine(postgres, tmp_path):
    """An empty PostgreSQL."""
    url = postgres.empty(tmp_path)
    engine = create_engine(url)
    yield engine
    engine.dispose()
    postgres.drop(url)


@pytest.mark.postgres
def test_two_that_write_together_are_two(engine):
    """The one that began first may commit last, and its end has to be noticed too."""
    began, may_end = threading.Event(), threading.Event()

    def write_slowly():
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE slow (id int)"))
            began.set()
            may_end.wait(PATIENCE)

    thread = threading.Thread(target=write_slowly)
    thread.start()
    assert began.wait(PATIENCE)
    state = Postgres(engine.url)
    seen = [asyncio.run(state.now())]
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE quick (id int)"))
    seen.append(asyncio.run(state.now()))
    may_end.set()
    thread.join()
    seen.append(asyncio.run(state.now()))
    state.close()
    assert len(set(seen)) == 3


@pytest.mark.postgres
def test_where_the_look_takes_too_long_it_cannot_be_told(engine, monkeypatch):
    """And the end of the program waits no longer either, and leaves no connection behind."""
    monkeypatch.setattr(database, "SNAPSHOT", text("SELECT pg_sleep(3600)"))
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    state = Postgres(engine.url)
    assert asyncio.run(state.now()) is None
    state.close()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        until(lambda: connection.execute(OTHERS).scalar_one() == 0)


@pytest.mark.sqlite_only("it is SQLite's file")
def test_without_the_file_it_cannot_be_told(tmp_path):
    missing = Sqlite(tmp_path / "nowhere.db")
    assert asyncio.run(missing.now()) is None
    missing.close()


def test_without_the_server_it_cannot_be_told():
    gone = Postgres(make_url("postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    assert asyncio.run(gone.now()) is None
    gone.close()
