"""Removing much, a little at a time."""

import pytest

from host.clock import now
from host.db import db, only_reading
from host.jobs import clearing
from host.jobs.clearing import clear
from host.jobs.pace import FIRST


class Pile:
    """So many things; those of `stuck` are found and never go."""

    def __init__(self, size, stuck=()):
        self.left, self.stuck, self.batches = list(range(size)), set(stuck), []

    def count(self, _before):
        return len(self.left)

    def find(self, _before, most):
        assert only_reading()
        return self.left[:most]

    def remove(self, _before, found):
        assert not only_reading()
        self.batches.append(len(found))
        going = set(found) - self.stuck
        self.left = [each for each in self.left if each not in going]
        return len(going)


@pytest.fixture(autouse=True)
def _context(app):
    """A database to commit to."""


def test_all_goes_in_batches_and_each_is_told_of():
    pile, told = Pile(100), []
    assert clear(pile, now(), each_time=told.append) == 100
    assert pile.left == []
    assert pile.batches[0] == FIRST
    assert sum(told) == 100
    assert len(told) > 1


def test_more_than_is_looked_up_at_once(monkeypatch):
    monkeypatch.setattr(clearing, "CHOSEN", 7)
    pile = Pile(20)
    assert clear(pile, now()) == 20
    assert pile.left == []


def test_what_cannot_go_is_not_looked_at_for_ever():
    pile, told = Pile(10, stuck=[3]), []
    assert clear(pile, now(), each_time=told.append) == 9
    assert pile.left == [3]
    assert told == [9]


def test_a_batch_that_fails_leaves_those_before_it(monkeypatch, owner):
    class Broken(Pile):
        def remove(self, before, found):
            if len(self.batches) == 1:
                raise ZeroDivisionError
            owner.name = "Ada, once"
            return super().remove(before, found)

    with pytest.raises(ZeroDivisionError):
        clear(Broken(100), now())
    db.session.rollback()
    assert owner.name == "Ada, once"
