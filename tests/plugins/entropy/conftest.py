"""What the tests of entropy share."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from host import Board, db, now
from host.jobs import pace

DAY = 86_400


@pytest.fixture
def other_board(owner):
    """A second board of Ada's."""
    board = Board.create("Garden", by=owner, columns=["Sowing"])
    db.session.commit()
    return board


@pytest.fixture
def aged():
    """`aged(board, 3, days=31)`: so many new cards that nobody has touched for so long."""

    def make(board, count=1, *, column=None, **ago):
        touched = now() - timedelta(**ago)
        cards = [board.add_card(f"Left alone {each}", column=column, last_active_at=touched) for each in range(count)]
        for card in cards:
            card.last_active_at = touched
        db.session.commit()
        return cards if count > 1 else cards[0]

    return make


@pytest.fixture
def places():
    """`places(cards)`: where they lie now."""

    def read(*cards):
        db.session.expire_all()
        return [card.place.value for card in cards]

    return read


@pytest.fixture
def batches_of(monkeypatch):
    """`batches_of(4)`: a sweep takes so many cards in one transaction, however long it takes."""

    def fix(size):
        for name in ("FIRST", "LEAST", "MOST"):
            monkeypatch.setattr(pace, name, size)

    return fix


@pytest.fixture
def statements(app):
    """`with statements() as seen:` lists (SQL, parameters) of what is asked of the database, savepoints left out."""

    @contextmanager
    def watch():
        seen = []

        def note(_connection, _cursor, statement, parameters, _context, _many):
            if "SAVEPOINT" not in statement:
                seen.append((statement, parameters))

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return watch


@pytest.fixture
def plan(app):
    """`plan(sql, parameters)`: how the database would go about it, in its own words, if it had many rows."""

    def explain(sql, parameters):
        connection = db.session.connection()
        if connection.dialect.name == "sqlite":
            return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters))
        for way in ("seqscan", "bitmapscan"):  # with few rows they would always be cheaper
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {sql}", parameters))

    return explain


@pytest.fixture
def elsewhere(app):
    """`elsewhere(work)`: the result of work that another process does, on a connection of its own."""

    def run(work):
        def within():
            with app.app_context():
                return work()

        with ThreadPoolExecutor(1) as process:
            return process.submit(within).result(30)

    return run
