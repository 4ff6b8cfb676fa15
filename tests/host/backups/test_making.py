"""A backup is made while others write, is whole, and leaves nothing behind when it cannot be."""

import os
import sqlite3
import stat
from contextlib import closing
from io import BytesIO
from threading import Event, Thread
from zipfile import ZipFile

import pytest
from sqlalchemy import insert, text

from host.backups import Shelf, back_up, snapshot, verify
from host.backups.making import key_marks
from host.clock import now
from host.db import db
from host.errors import Fault
from host.files import File
from host.files.folder import storage
from host.live.letter import Letter
from tests.host.backups.conftest import PASSPHRASE, left_in


def test_it_holds_the_database_and_the_files_and_is_whole(filled, shelf):
    made = back_up()
    assert made.parent == shelf
    with ZipFile(made) as zipped:
        [content] = [name for name in zipped.namelist() if name.startswith("files/")]
        assert zipped.read(content) == b"a pear"
    told = verify(made)
    assert (told.rows["card"], [*told.contents.values()], told.missing) == (1, [6], [])


def test_a_plain_one_has_no_key_and_says_which_it_needs(app, filled, shelf):
    told = verify(back_up())
    assert (told.keys, told.key_marks) == ([], key_marks())
    assert app.extensions["fallow"].config.encryption_key[0] not in str(told)


def test_an_encrypted_one_has_the_key_and_shows_nothing(app, filled, tmp_path, shelf):
    made = back_up(tmp_path / "sealed", PASSPHRASE)
    assert verify(made, PASSPHRASE).keys == list(app.extensions["fallow"].config.encryption_key)
    assert made.read_bytes().startswith(b"FALLOW BACKUP 1\n")
    assert b"fallow.db" not in made.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_only_this_user_may_read_it(filled, tmp_path, passphrase, shelf):
    made = back_up(tmp_path / "mine", passphrase)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_others_write_meanwhile_and_it_is_of_one_moment(app, filled, shelf):
    """A row is in it with all that its transaction wrote, or not at all."""
    db.session.execute(text("DELETE FROM live_letter"))
    db.session.commit()
    over, wrote = Event(), []

    def write():
        with app.app_context():
            while not over.is_set():
                for which in ("one", "two"):
                    db.session.execute(insert(Letter).values(at=now(), message=which))
                db.session.commit()
                wrote.append(1)

    writer = Thread(target=write)
    writer.start()
    try:
        made = [back_up() for _ in range(3)]
    finally:
        over.set()
        writer.join()
    assert len(wrote) > 3
    assert all(verify(each).rows["live_letter"] % 2 == 0 for each in made)


def test_a_content_that_is_gone_is_told_of(owner, shelf):
    file = File.keep(BytesIO(b"a pear"), "pear.txt", owner)
    db.session.commit()
    storage().delete(file.sha256)
    assert verify(back_up()).missing == [file.sha256]


def test_what_is_there_is_not_overwritten(filled, tmp_path):
    there = tmp_path / "letter.txt"
    there.write_text("Dear Ada")
    with pytest.raises(Fault, match="is there already"):
        back_up(there)
    assert there.read_text() == "Dear Ada"


def test_a_short_passphrase_is_refused(filled, tmp_path):
    with pytest.raises(Fault, match="at least 10"):
        back_up(tmp_path / "sealed", "hush")
    assert not (tmp_path / "sealed").exists()


@pytest.mark.sqlite_only("PostgreSQL looks after its own files")
def test_a_damaged_database_makes_no_backup(app, filled, shelf, monkeypatch):
    def scribble(source, target):
        copied(source, target)
        with target.open("r+b") as file:
            file.seek(20 * 4096)
            file.write(b"\xff" * 20 * 4096)

    copied = snapshot.copy
    monkeypatch.setattr(snapshot, "copy", scribble)
    with pytest.raises(Fault, match="damaged"):
        back_up()
    assert Shelf().all() == []
    assert left_in(shelf.parent) == []


def test_where_it_cannot_be_written_nothing_is_left(filled, tmp_path, shelf):
    with pytest.raises(Fault, match="cannot be written"):
        back_up(tmp_path / "nowhere" / "deep" / "x")
    assert left_in(shelf.parent) == []


def test_one_at_a_time(filled, shelf):
    with Shelf().alone(), pytest.raises(Fault, match="being made or restored just now"):
        back_up()


def test_the_copy_is_a_database_of_its_own(filled, shelf, tmp_path):
    with ZipFile(back_up()) as zipped:
        zipped.extract("fallow.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "fallow.db")) as connection:
        assert connection.execute("SELECT title FROM card").fetchall() == [("Bake",)]
