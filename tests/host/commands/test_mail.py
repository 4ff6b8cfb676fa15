"""fallow mail, and what fallow doctor says of it."""

import json

import pytest

from host.app import create_app
from host.config import Config
from host.db import db
from host.mail.server import MailServer
from host.models import Account
from tests.host.commands.conftest import refused
from tests.smtp_server import PASSWORD, USER, Step


@pytest.fixture
def through(monkeypatch, smtp_server):
    """The installation's mail goes by the test's server."""
    password = PASSWORD.replace(" ", "%20")
    monkeypatch.setenv("FALLOW_SMTP_URL", f"smtp://{USER}:{password}@localhost:{smtp_server.port}")
    monkeypatch.setenv("FALLOW_MAIL_FROM", "fallow@example.org")
    return smtp_server


def doctor(fallow):
    found = json.loads(fallow("doctor", "--json").stdout)
    return [(each["ok"], each["says"]) for each in found if each["what"] == "mail"]


def test_a_letter_is_sent_at_once(space, through):
    result = space("mail", "test", "ben@example.org")
    assert (result.exit_code, result.stdout) == (0, "localhost took the letter for ben@example.org.\n")
    assert [taken.to for taken in through.letters] == ["ben@example.org"]


def test_what_is_wrong_is_one_line(space, through):
    through.answer(Step.RCPT, "550 5.1.1 Gone")
    refused(space("mail", "test", "ben@example.org"), "localhost takes no mail for ben@example.org: 5.1.1 Gone")
    refused(space("mail", "test", "ben"), "“ben” is no e-mail address.")


def test_without_a_server_it_says_where_the_letter_lies(space, data):
    assert doctor(space) == [(True, "There is no mail server for all. 0 letters lie in `mail`.")]
    assert "lies in mail/" in space("mail", "test", "ben@example.org").stdout
    assert len([*data.glob("mail/*/*.eml")]) == 1
    assert doctor(space) == [(True, "There is no mail server for all. 1 letter lies in `mail`.")]


def test_the_doctor_says_how_letters_go(space, through, data):
    assert doctor(space) == [(True, "Letters go by localhost.")]
    with create_app(Config(data=data, plugins=())).app_context():
        account = db.session.scalars(db.select(Account)).one()
        MailServer.keep(account, **through.settings)
        db.session.commit()
        db.engine.dispose()
    assert doctor(space) == [(True, "Letters go by localhost. 1 space has a server of its own.")]
    assert through.steps == []


def test_the_doctor_knows_a_server_without_a_sender(space, monkeypatch):
    monkeypatch.setenv("FALLOW_SMTP_URL", "smtps://smtp.example.org")
    assert doctor(space) == [(False, "Nobody said whom letters are from: set FALLOW_MAIL_FROM.")]
