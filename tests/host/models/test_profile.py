"""What people say of themselves: a name, a handle that is theirs alone, a zone."""

from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import text

from host.db import db
from host.errors import Invalid
from host.models import Account, User
from tests.patience import until

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def test_a_handle_is_taken_and_given_back(owner, member):
    owner.take_handle("@Field")
    assert owner.handle == "field"
    member.take_handle("ada-field")
    owner.take_handle("field")
    assert (owner.handle, member.handle) == ("field", "ada-field")


@pytest.mark.parametrize("handle", ["ben-hollow", "BEN-hollow", "system", "everyone", "a b", ""])
def test_a_handle_that_cannot_be_had(owner, member, handle):
    with pytest.raises(Invalid) as refused:
        owner.take_handle(handle)
    assert (list(refused.value.errors), owner.handle) == (["handle"], "ada-field")


def test_who_left_keeps_the_handle(owner, member):
    member.deactivate()
    with pytest.raises(Invalid, match="Somebody else here is @ben-hollow"):
        owner.take_handle("ben-hollow")


def test_each_space_has_handles_of_its_own(owner):
    eve = Account.open("Elsewhere", owner_name="Eve", email=None)
    owner.take_handle("eve")
    assert (owner.handle, eve.handle) == ("eve", "eve")


def test_of_two_who_want_one_handle_at_once_the_second_is_told(app, owner, member):
    """The second looks while the first has taken it and not yet said so for good."""
    owner.take_handle("field")
    db.session.flush()
    taking = Taking(app, member.id)
    taking.start()
    until(taking.waits)
    db.session.commit()
    taking.join()
    assert taking.said == "Somebody else here is @field."


def test_nobody_is_given_a_reserved_handle(account):
    assert User.join(account, name="All", email=None).handle == "all-2"


def test_a_number_behind_a_long_handle_keeps_it_short_enough(account):
    handles = [User.join(account, name="x" * 40, email=None).handle for _each in range(11)]
    assert (handles[0], handles[1], handles[10]) == ("x" * 32, "x" * 30 + "-2", "x" * 29 + "-11")


def test_everything_that_does_not_fit_is_said_at_once(owner):
    with pytest.raises(Invalid) as refused:
        owner.introduce({"name": "", "handle": "a b", "zone": "Mars"})
    assert sorted(refused.value.errors) == ["handle", "name", "zone"]
    owner.introduce({"name": "Ada Fen", "role": "member"})
    assert (owner.name, owner.role) == ("Ada Fen", "owner")


class Taking(Thread):
    """Somebody who takes the handle `field` in a transaction of their own."""

    def __init__(self, app: Flask, user_id: int) -> None:
        super().__init__()
        self.app, self.user_id = app, user_id
        self.begun = Event()
        self.said = ""

    def run(self) -> None:
        with self.app.app_context():
            self.begun.set()
            try:
                db.session.get_one(User, self.user_id).take_handle("field")
                db.session.commit()
            except Invalid as invalid:
                self.said = invalid.message
            db.session.rollback()

    def waits(self) -> bool:
        """For the other transaction: on SQLite from its very beginning."""
        if db.engine.dialect.name == "sqlite":
            return self.begun.is_set()
        with db.engine.connect() as connection:
            return connection.scalar(text(WAITING)) > 0
