"""Secrets at rest: what lies in the database, and what happens when the key is another."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from host import Fault, Id, LostSecret, Model, Sealed, db, decrypt, encrypt
from host.health import look_over
from host.lost_secrets import count_lost
from host.plugging import models

OLD, NEW = "old " * 10, "new " * 10
WORDS = ["", "hunter2", "grün 🌾\nzwei Zeilen", "x" * 10_000]


@pytest.fixture(scope="module")
def model() -> Iterator[type[Any]]:
    """A table with a secret, taken out of the program again."""

    class Shed(Model):
        __tablename__ = "test_shed"
        __module__ = "shed"

        id: Mapped[int] = mapped_column(Id, primary_key=True)
        name: Mapped[str] = mapped_column(default="")
        code: Mapped[str | None] = mapped_column(Sealed)

    yield Shed
    models.forget("shed")


@pytest.fixture
def keyed(make_app: Callable[..., Flask], model: type[Any]) -> Callable[..., Flask]:
    """keyed(NEW, OLD): a program with these keys, on the one database of this test."""
    url: list[str] = []

    def make(*keys: str) -> Flask:
        settings = {"database_url": url[0]} if url else {}
        app = make_app(plugins=[], encryption_key=keys, **settings)
        if not url:
            url.append(app.extensions["fallow"].config.database)
            model.__table__.create(db.engine)
        return app

    return make


@pytest.fixture
def stored(model: type[Any]) -> Callable[..., Any]:
    """stored("hunter2"): a row with this secret."""

    def store(code: str | None) -> Any:
        shed = model(code=code)
        db.session.add(shed)
        db.session.commit()
        return shed

    return store


@pytest.mark.parametrize("words", WORDS)
def test_what_is_encrypted_comes_back_and_cannot_be_read_before(app, words):
    sealed = encrypt(words)
    assert decrypt(sealed) == words
    assert not words or words not in sealed
    assert len(sealed) < 1.4 * len(words.encode()) + 102
    assert encrypt(words) != sealed


@pytest.mark.parametrize("sealed", ["", "hunter2", "gAAAAAB" + "x" * 100, "ü"])
def test_what_was_never_encrypted_is_one_sentence(app, sealed):
    with pytest.raises(Fault, match=r"^This secret was encrypted with another key\.$"):
        decrypt(sealed)


def test_what_somebody_changed_is_refused(app):
    sealed = encrypt("hunter2")
    with pytest.raises(Fault, match="another key"):
        decrypt(sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:])


def test_a_key_is_changed_without_losing_what_the_old_one_sealed(keyed):
    keyed(OLD)
    before = encrypt("hunter2")
    keyed(NEW, OLD)
    after = encrypt("hunter2")
    assert decrypt(before) == "hunter2"
    keyed(NEW)
    assert decrypt(after) == "hunter2"
    with pytest.raises(Fault, match="another key"):
        decrypt(before)


def test_the_key_in_the_data_folder_outlives_a_start(make_app, data):
    make_app(plugins=[], data=data)
    sealed = encrypt("hunter2")
    make_app(plugins=[], data=data)
    assert decrypt(sealed) == "hunter2"


@pytest.mark.parametrize("code", [*WORDS, None])
def test_a_sealed_column_is_plain_text_in_python_alone(keyed, code, stored):
    keyed(NEW)
    shed = stored(code)
    at_rest = db.session.execute(text("SELECT code FROM test_shed")).scalar_one()
    assert (at_rest is None) == (code is None)
    assert at_rest is None or (at_rest != code and decrypt(at_rest) == code)
    assert shed.code == code


def test_a_row_that_another_key_sealed_loads_and_is_saved_without_loss(keyed, model, stored):
    keyed(OLD)
    stored("hunter2")
    keyed(NEW)
    shed = db.session.scalars(db.select(model)).one()
    assert isinstance(shed.code, LostSecret)
    assert not shed.code
    shed.name, shed.code = "Tools", "" or shed.code  # as a form does where an empty field keeps what is there
    db.session.add(model(code=shed.code))
    db.session.commit()
    keyed(OLD)
    assert [each.code for each in db.session.scalars(db.select(model))] == ["hunter2"] * 2


@pytest.mark.parametrize("anew", ["hunter3", "", None])
def test_what_is_entered_anew_takes_the_place_of_the_lost(keyed, anew, model, stored):
    keyed(OLD)
    stored("hunter2")
    keyed(NEW)
    db.session.scalars(db.select(model)).one().code = anew
    db.session.commit()
    assert [(each, type(each)) for each in db.session.scalars(db.select(model.code))] == [(anew, type(anew))]


def test_the_doctor_says_when_the_key_does_not_fit(keyed, stored):
    keyed(OLD)
    stored("hunter2")
    stored(None)
    assert [each for each in look_over() if each.remedy] == []
    keyed(NEW)
    [finding] = [each for each in look_over() if each.remedy]
    assert (finding.what, finding.says) == ("secrets", "1 secret cannot be read.")
    assert "encryption.key" in finding.remedy


def test_a_table_that_was_never_made_is_passed_over(app):
    assert count_lost() == 0
