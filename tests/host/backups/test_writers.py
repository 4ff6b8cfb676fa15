"""Others write while a backup is made or restored: nothing of theirs is in neither state."""

import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from host.backups import archive, back_up, restore
from host.db import db
from host.errors import Fault
from tests.host.backups.conftest import cards, left_in


def may_write() -> bool:
    """Somebody else, just now and without waiting."""
    try:
        if db.engine.dialect.name == "sqlite":
            other = sqlite3.connect(db.engine.url.database, timeout=0)
            other.execute("BEGIN IMMEDIATE")
            other.close()
        else:
            with db.engine.begin() as connection:
                connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
                connection.execute(text("LOCK TABLE card IN ROW EXCLUSIVE MODE"))
    except (sqlite3.OperationalError, OperationalError):
        return False
    return True


@pytest.fixture
def after_the_copy(monkeypatch):
    """`after_the_copy(work)`: done when the database has been copied, each time."""
    write = archive.write

    def at(work):
        monkeypatch.setattr(archive, "write", lambda *given: (work(), write(*given)))

    return at


def test_a_backup_keeps_nobody_from_writing(filled, shelf, after_the_copy):
    seen = []
    after_the_copy(lambda: seen.append(may_write()))
    back_up()
    assert seen == [True]


def test_nobody_writes_between_the_copy_of_what_was_there_and_the_restored_state(filled, shelf, after_the_copy):
    made = back_up()
    seen = []
    after_the_copy(lambda: seen.append(may_write()))
    restore(made)
    assert seen == [False]
    assert may_write()


def test_where_no_copy_can_be_made_nothing_is_restored_and_others_go_on(filled, shelf, after_the_copy):
    made = back_up()
    filled.add_card("Later")
    db.session.commit()

    def full():
        raise OSError(28, "No space left on device")

    after_the_copy(full)
    with pytest.raises(Fault, match="No space left"):
        restore(made)
    assert may_write()
    assert cards() == ["Bake", "Later"]
    assert left_in(shelf.parent) == []
