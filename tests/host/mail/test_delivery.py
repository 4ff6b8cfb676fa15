"""Letters that arrive, and those that nobody can send yet."""

import stat
from email import message_from_bytes, policy

import pytest

from host.db import db
from host.mail.delivery import deliver
from host.mail.faults import MailDelayed, MailMisconfigured, MailRefused
from host.models import Account
from tests.smtp_server import USER


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_a_letter_arrives_whole(serve_smtp, use, send, security):
    server = serve_smtp(security)
    use(server)
    text = "Grüße\n.\n..dots\n" + "x" * 2000 + "\n"
    said = send(text=text, subject="Grüße ☃", to_name='Ben "x" <Hollow>')
    assert said == "localhost took the letter for ben@example.org."
    (taken,) = server.letters
    assert (taken.sender, taken.to, taken.user) == ("fallow@example.org", "ben@example.org", USER)
    assert taken.secure is (security != "none")
    message = taken.message
    assert (message["From"], message["Subject"]) == ("Fallow <fallow@example.org>", "Grüße ☃")
    assert message["To"].addresses[0].display_name == 'Ben "x" <Hollow>'
    assert message["Message-ID"] == "<fall-7@orchard.example>"
    assert message["Date"].datetime.utcoffset().total_seconds() == 0
    assert message.get_body("plain").get_content().replace("\r", "") == text
    assert message.get_body("html").get_content() == "<p>It fell.</p>\r\n"
    assert max(map(len, taken.raw.split(b"\r\n"))) < 998


def test_a_relay_that_asks_for_no_password_gets_none(serve_smtp, use, send):
    server = serve_smtp("none", must_sign_in=False)
    use(server)
    send()
    assert server.letters[0].user is None


def test_a_domain_in_any_script_and_a_name_that_needs_smtputf8(serve_smtp, use, send):
    server = serve_smtp()
    use(server)
    send(to="ben@grüße.example")
    send(to="ben@straße.example")
    send(to="bén@example.org")
    assert [taken.to for taken in server.letters] == [
        "ben@xn--gre-6ka8l.example",
        "ben@xn--strae-oqa.example",
        "bén@example.org",
    ]
    old = serve_smtp(knows_utf8=False)
    use(old)
    with pytest.raises(MailRefused, match="localhost cannot write to bén@"):
        send(to="bén@example.org")


NO_ADDRESSES = ["", "ben", "ben@", "@example.org", "a b@example.org", "a@b@c", "a@exa mple", "a@[::1]", "a@-x-",
                "<a@example.org>", '"a\r\nRCPT TO:<b@x>"@example.org', "a@x" + "y" * 300]  # fmt: skip


@pytest.mark.parametrize("to", NO_ADDRESSES)
def test_an_address_that_is_none_is_refused_and_nobody_asked(smtp_server, use, send, to):
    use(smtp_server)
    with pytest.raises(MailRefused, match="is no e-mail address"):
        send(to=to)
    assert smtp_server.steps == []


def test_nothing_is_sent_in_a_transaction_nor_a_request(app, account, write, owner):
    with pytest.raises(RuntimeError, match="inside a transaction"):
        deliver(write(), account)
    db.session.commit()
    with app.test_request_context(), pytest.raises(RuntimeError, match="inside a request"):
        deliver(write(), account)


def test_no_transaction_is_open_while_it_goes_on(app, smtp_server, use, account, write):
    use(smtp_server)
    deliver(write(), account)
    assert not db.session().in_transaction()


class TestWithoutAServer:
    @pytest.fixture
    def kept(self, app):
        """Every letter's file."""
        data = app.extensions["fallow"].config.data
        return lambda: sorted(data.glob("mail/*/*"))

    def test_it_is_kept_as_a_file_for_its_owner_alone(self, send, kept):
        assert kept() == []
        said = send(to="ben@grüße.example")
        (path,) = kept()
        assert said.startswith("There is no mail server, so the letter for ben@grüße.example lies in mail/")
        assert said.endswith(f"/{path.name}.")
        assert path.suffix == ".eml"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert message.get_body("plain").get_content() == "It fell.\r\n"
        assert message["From"] == "Fallow <fallow@localhost>"

    def test_the_same_letter_is_kept_once_also_days_later(self, send, kept, travel):
        send()
        travel(days=3)
        send(subject="Again")
        send(message_id="<fall-8@orchard.example>")
        assert len(kept()) == 2
        assert len({path.parent.name for path in kept()}) == 2

    def test_each_space_has_its_own(self, send, kept, write, stranger):
        send()
        account = stranger.account
        db.session.commit()
        deliver(write(), account)
        assert len(kept()) == 2

    def test_a_full_disk_delays_it(self, app, send):
        (app.extensions["fallow"].config.data / "mail").write_text("no folder")
        with pytest.raises(MailDelayed, match="could not be kept"):
            send()


class TestTheInstallationsServer:
    @pytest.fixture
    def begin(self, make_app):
        """begin(server): a program with it in its settings, and an account."""

        def one(server, **settings):
            told = server.settings
            url = f"smtp://{told['username']}:{told['password'].replace(' ', '%20')}@localhost:{server.port}"
            make_app(plugins=(), **{"smtp_url": url, "mail_from": "Fallow <all@example.org>"} | settings)
            owner = Account.open("Meadow", owner_name="Ada", email="ada@example.org")
            db.session.commit()
            return owner.account

        return one

    def test_serves_spaces_that_have_none(self, smtp_server, begin, write):
        account = begin(smtp_server)
        db.session.commit()
        deliver(write(), account)
        assert [(taken.sender, taken.user) for taken in smtp_server.letters] == [("all@example.org", USER)]

    def test_a_spaces_own_comes_first(self, smtp_server, serve_smtp, begin, write):
        from host.mail.server import MailServer

        account = begin(smtp_server)
        own = serve_smtp("tls")
        MailServer.keep(account, **own.settings)
        db.session.commit()
        deliver(write(), account)
        assert (len(own.letters), len(smtp_server.letters)) == (1, 0)

    def test_needs_a_sender(self, smtp_server, begin, write):
        account = begin(smtp_server, mail_from="")
        db.session.commit()
        with pytest.raises(MailMisconfigured, match="set FALLOW_MAIL_FROM"):
            deliver(write(), account)


@pytest.fixture
def stranger(app):
    user = Account.open("Elsewhere", owner_name="Eve", email="eve@example.org")
    db.session.commit()
    return user
