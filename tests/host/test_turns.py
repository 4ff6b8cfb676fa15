"""Whose turn it is to write: first come, first served, and nobody is forgotten."""

import sqlite3
import sys
import threading
from contextlib import closing

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from host.db import db
from host.models import Account
from host.turns import Turns
from tests.patience import PATIENCE, until

DB = sys.modules["host.db"]  # `host.db` is what plugins are given


@pytest.fixture
def turns():
    return Turns()


@pytest.fixture
def together():
    """`together(work)`: begin it in a thread; all of them have ended with the test."""
    begun: list[threading.Thread] = []

    def begin(work):
        begun.append(threading.Thread(target=work))
        begun[-1].start()

    yield begin
    for thread in begun:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in begun)


def test_who_asks_first_goes_first(turns, together):
    order = []

    def one(number):
        assert turns.take(number, PATIENCE)
        order.append(number)
        turns.give(number)

    assert turns.take("me", 0)
    for number in range(5):
        together(lambda number=number: one(number))
        until(lambda number=number: turns.waiting == number + 1)
    turns.give("me")
    until(lambda: len(order) == 5)
    assert order == list(range(5))
    assert turns.take("me", 0)


def test_who_gives_and_takes_again_goes_to_the_end(turns, together):
    order = []

    def other():
        turns.take("other", PATIENCE)
        order.append("other")
        turns.give("other")

    turns.take("me", 0)
    together(other)
    until(lambda: turns.waiting)
    turns.give("me")
    assert turns.take("me", PATIENCE)
    order.append("again")
    assert order == ["other", "again"]


def test_a_thread_does_not_wait_for_itself(turns):
    assert turns.take("one", 0)
    assert turns.take("one", PATIENCE)
    assert not turns.take("another", PATIENCE)


def test_who_has_waited_long_enough_goes_and_keeps_nobody(turns, together):
    turns.take("me", 0)
    said = []
    together(lambda: said.append(turns.take("other", 0.01)))
    until(lambda: said)
    assert (said, turns.waiting) == ([False], 0)
    turns.give("me")
    together(lambda: said.append(turns.take("third", 0)))
    until(lambda: len(said) == 2)
    assert said[1]


def test_who_was_interrupted_while_waiting_keeps_nobody(turns, together):
    """What waits is given up when its connection comes back to the pool, wherever its thread was just then."""
    turns.take("me", 0)
    said = []
    together(lambda: said.append(turns.take("interrupted", 0.5)))
    until(lambda: turns.waiting)
    turns.give("interrupted")
    turns.give("me")
    assert turns.take("third", 0)
    until(lambda: said)


def test_giving_what_one_does_not_have_changes_nothing(turns, together):
    turns.take("me", 0)
    turns.give("other")
    said = []
    together(lambda: said.append(turns.take("third", 0)))
    until(lambda: said)
    assert said == [False]


@pytest.fixture
def app(monkeypatch, turns, make_app, tmp_path):
    """One of this test's own, whose writers take these turns: one that is used again has had its own all along."""
    monkeypatch.setattr(DB, "Turns", lambda: turns)
    return make_app(data=tmp_path / "its own")


@pytest.fixture
def hasty(monkeypatch):
    """The app that comes after waits for nothing."""
    monkeypatch.setattr(DB, "BUSY_SECONDS", 0)


@pytest.mark.sqlite_only("PostgreSQL has as many writers as want to write")
def test_one_that_writes_again_and_again_lets_the_other_come_between(app, turns, together):
    def write(name):
        db.session.add(Account(name=name))
        db.session.flush()

    def other():
        with app.app_context():
            write("other")
            db.session.commit()

    with app.app_context():
        write("first")
        together(other)
        until(lambda: turns.waiting)
        db.session.commit()
        write("second")
        db.session.commit()
        names = list(db.session.scalars(select(Account.name).order_by(Account.id)))
    assert names == ["first", "other", "second"]


@pytest.mark.sqlite_only("PostgreSQL has as many writers as want to write")
def test_a_turn_ends_when_another_process_has_the_lock_for_too_long(hasty, turns, app):
    with app.app_context(), closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as elsewhere:
        elsewhere.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            db.session.execute(select(Account))
        db.session.rollback()
        elsewhere.execute("ROLLBACK")
        assert turns.take("anybody", 0)
