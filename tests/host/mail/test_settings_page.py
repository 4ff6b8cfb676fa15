"""Settings, Mail: what an admin enters, tries and forgets."""

from threading import Thread

import pytest
from sqlalchemy import text

from host.db import db
from host.jobs import Job, drain
from host.mail.security import Security
from host.mail.server import MailServer
from host.mail.trial import send_trial
from host.models import Account, User
from host.testing import Client, sign_in
from tests.host.web.page import Page
from tests.patience import until
from tests.smtp_server import PASSWORD, USER, Step

PAGE = "/settings/mail"
TYPED = {"host": "smtp.example.org", "port": "587", "security": "starttls", "username": "", "password": ""}
TYPED |= {"sender_address": "fallow@example.org", "sender_name": "Fallow"}


@pytest.fixture
def typed(smtp_server):
    """What the form sends for the test's server."""
    return {name: str(value) for name, value in smtp_server.settings.items()}


@pytest.fixture
def read(client):
    return lambda: Page(client.get(PAGE).text)


def stored(account):
    db.session.expire_all()
    return MailServer.of(account)


def test_it_is_for_admins(app, member):
    browser = app.test_client()
    assert isinstance(browser, Client)
    browser.trust()
    sign_in(browser, member)
    assert browser.get(PAGE).status_code == 403
    for address in (PAGE, f"{PAGE}/trial", f"{PAGE}/delete"):
        assert browser.post(address, data=TYPED).status_code == 403
    assert db.session.scalars(db.select(Job)).all() == []
    assert PAGE not in browser.get("/settings/people").text


def test_what_is_saved_is_shown_but_for_the_password(client, read, account, typed):
    assert client.post(PAGE, data=typed | {"host": " LOCALHOST "}).status_code == 303
    server = stored(account)
    assert (server.host, server.security, server.username, server.password) == (
        "localhost", Security.STARTTLS, USER, PASSWORD,
    )  # fmt: skip
    page = read()
    assert "Saved. Send yourself a test to see whether it works." in page.said["toasts"]
    assert page.form(PAGE).values["host"] == "localhost"
    assert page.form(PAGE).values["password"] == ""
    assert PASSWORD not in page.html


def test_the_password_is_encrypted_where_it_lies(client, account, typed):
    client.post(PAGE, data=typed)
    (lying,) = db.session.execute(text("SELECT password FROM mail_server")).scalars()
    assert PASSWORD not in lying
    assert len(lying) > 100


def test_an_empty_password_keeps_the_one_there_is(client, account, typed):
    client.post(PAGE, data=typed)
    assert client.post(PAGE, data=typed | {"password": "", "sender_name": "Meadow"}).status_code == 303
    assert (stored(account).password, stored(account).sender_name) == (PASSWORD, "Meadow")


@pytest.mark.parametrize("other", [{"host": "thief.example"}, {"username": "eve"}])
def test_a_stored_password_goes_to_no_other_server_nor_name(client, account, typed, other):
    client.post(PAGE, data=typed)
    answer = client.post(PAGE, data=typed | {"password": ""} | other)
    assert answer.status_code == 422
    assert Page(answer.text).said["f-password-errors"] == "Enter the password of this user and server."
    assert (stored(account).host, stored(account).username) == ("localhost", USER)


def test_without_a_user_the_password_is_forgotten(client, account, typed):
    client.post(PAGE, data=typed)
    client.post(PAGE, data=typed | {"username": "", "password": ""})
    assert stored(account).password is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"host": ""}, "host"),
        ({"host": "smtp example"}, "host"),
        ({"host": "https://smtp.example.org"}, "host"),
        ({"host": "smtp.example.org:25"}, "host"),
        ({"port": ""}, "port"),
        ({"port": "0"}, "port"),
        ({"port": "-1"}, "port"),
        ({"port": "70000"}, "port"),
        ({"port": "abc"}, "port"),
        ({"port": "9" * 400}, "port"),
        ({"security": "maybe"}, "security"),
        ({"security": "none", "username": "u", "password": "p"}, "security"),
        ({"username": "u"}, "password"),
        ({"password": "p"}, "username"),
        ({"username": "u\x00", "password": "p"}, "username"),
        ({"username": "u", "password": "p\x7f"}, "password"),
        ({"username": "u" * 255, "password": "p"}, "username"),
        ({"sender_address": ""}, "sender_address"),
        ({"sender_address": "fallow"}, "sender_address"),
        ({"sender_address": "a@b\r\nBcc: x@y"}, "sender_address"),
        ({"sender_name": "x" * 121}, "sender_name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_stored(client, account, wrong, field):
    answer = client.post(PAGE, data=TYPED | wrong)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert [name for name in page.said if name.endswith("-errors")] == [f"f-{field}-errors"]
    assert page.said[f"f-{field}-errors"]
    assert page.form(PAGE).values["sender_name"] == (TYPED | wrong)["sender_name"]
    assert stored(account) is None


def test_all_that_is_wrong_is_said_at_once(client):
    page = Page(client.post(PAGE, data={"host": "a b", "port": "0", "security": "tls", "sender_address": "x"}).text)
    assert {"f-host-errors", "f-port-errors", "f-sender_address-errors"} <= set(page.said)


class TestATest:
    def test_is_sent_by_a_job_and_the_page_says_how_it_went(self, client, read, typed, smtp_server):
        client.post(PAGE, data=typed)
        assert client.post(f"{PAGE}/trial").status_code == 303
        assert smtp_server.steps == []
        assert "On its way A letter to ada@example.org." in read().said["mail-trial"]
        assert drain() == 1
        assert "Sent localhost took the letter for ada@example.org." in read().said["mail-trial"]
        (taken,) = smtp_server.letters
        assert (taken.to, taken.message["Subject"]) == ("ada@example.org", "A test from Fallow")

    def test_says_what_is_wrong(self, client, read, typed):
        client.post(PAGE, data=typed | {"password": "another"})
        client.post(f"{PAGE}/trial")
        drain()
        assert "Not sent localhost does not take this user name and password" in read().said["mail-trial"]

    def test_of_nobody_with_an_address(self, client, read, owner):
        db.session.get(User, owner.id).email = None
        assert client.post(f"{PAGE}/trial", follow_redirects=True).status_code == 200
        assert db.session.scalars(db.select(Job)).all() == []

    def test_asked_for_twice_is_sent_once(self, client, typed, smtp_server):
        client.post(PAGE, data=typed)
        client.post(f"{PAGE}/trial")
        client.post(f"{PAGE}/trial")
        drain()
        assert len(smtp_server.letters) == 1

    def test_that_its_worker_left_is_the_same_letter_again(self, client, typed, smtp_server, account):
        client.post(PAGE, data=typed)
        client.post(f"{PAGE}/trial")
        payload = db.session.scalars(db.select(Job.payload)).one()
        db.session.commit()
        send_trial(**payload)
        db.session.commit()
        drain()
        ids = {taken.message["Message-ID"] for taken in smtp_server.letters}
        assert (len(smtp_server.letters), len(ids)) == (2, 1)

    def test_of_a_space_that_is_gone(self, app):
        assert send_trial(account_id=99, email="a@example.org", name="A", mark="x") == "The space is gone."

    def test_that_hangs_lets_others_write(self, app, client, read, typed, smtp_server, account):
        client.post(PAGE, data=typed)
        client.post(f"{PAGE}/trial")
        smtp_server.fall_silent(Step.END)
        worker = Thread(target=_drain, args=(app,))
        worker.start()
        until(lambda: Step.END in smtp_server.steps)
        assert client.post(PAGE, data=typed | {"sender_name": "Meadow"}).status_code == 303
        smtp_server.stop()
        worker.join()
        assert stored(account).sender_name == "Meadow"
        assert "Not sent localhost broke the connection off." in read().said["mail-trial"]


def _drain(app):
    with app.app_context():
        drain()


def test_without_a_server_the_page_says_where_letters_lie(client, read):
    assert "There is no mail server, so nobody is written to." in read().words
    client.post(f"{PAGE}/trial")
    drain()
    page = read()
    assert "1 letter of this space lies there." in page.words
    assert "lies in mail/" in page.said["mail-trial"]


def test_the_installations_server_is_said_and_not_shown(make_app, smtp_server):
    app = make_app(plugins=(), smtp_url=f"smtp://u:secret@localhost:{smtp_server.port}", mail_from="a@example.org")
    client = app.test_client()
    client.trust()
    sign_in(client, Account.open("Meadow", owner_name="Ada", email="ada@example.org"))
    answer = client.get(PAGE)
    assert "Letters go by the server of this installation." in Page(answer.text).words
    assert "secret" not in answer.text


def test_a_server_is_forgotten(client, read, account, typed):
    client.post(PAGE, data=typed)
    assert read().form(f"{PAGE}/delete")
    for _twice in range(2):
        assert client.post(f"{PAGE}/delete").status_code == 303
    assert stored(account) is None


def test_a_lost_key_is_said_and_mended_by_typing_anew(client, read, account, typed, smtp_server):
    client.post(PAGE, data=typed)
    db.session.execute(text("UPDATE mail_server SET password = 'sealed by another'"))
    client.post(f"{PAGE}/trial")
    drain()
    assert "cannot be read any more: enter it anew" in read().said["mail-trial"]
    assert client.post(PAGE, data=typed | {"password": ""}).status_code == 422
    client.post(PAGE, data=typed)
    client.post(f"{PAGE}/trial")
    drain()
    assert len(smtp_server.letters) == 1
