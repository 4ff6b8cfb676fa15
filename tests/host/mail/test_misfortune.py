"""Servers that refuse, fall silent, hang up, or are not what they seem: what a person is told, and who has to act."""

import socket
from threading import Thread

import pytest

from host.db import db
from host.mail.conversation import Patience
from host.mail.delivery import deliver
from host.mail.faults import MailDelayed, MailMisconfigured, MailRefused
from host.mail.server import MailServer
from tests.smtp_server import PASSWORD, Step

pytestmark = pytest.mark.sqlite_only("what a server says is the same to either")
BEFORE_THE_LETTER = [Step.CONNECT, Step.EHLO, Step.STARTTLS, Step.AUTH, Step.MAIL, Step.RCPT, Step.DATA]
WITH_THE_LETTER = [Step.BODY, Step.END]


@pytest.mark.parametrize("step", BEFORE_THE_LETTER)
@pytest.mark.parametrize(("mishap", "said"), [("hang_up", "broke the connection"), ("fall_silent", "did not answer")])
def test_a_connection_that_fails_delays_the_letter(smtp_server, use, send, step, mishap, said):
    use(smtp_server)
    getattr(smtp_server, mishap)(step)
    with pytest.raises(MailDelayed, match=f"localhost {said}") as delayed:
        send()
    assert not delayed.value.uncertain
    assert smtp_server.letters == []
    smtp_server.behave()
    send()
    assert len(smtp_server.letters) == 1


@pytest.mark.parametrize("step", WITH_THE_LETTER)
@pytest.mark.parametrize("mishap", ["hang_up", "fall_silent"])
def test_when_the_answer_to_a_whole_letter_is_lost_it_may_have_arrived(smtp_server, use, send, step, mishap):
    use(smtp_server)
    getattr(smtp_server, mishap)(step)
    with pytest.raises(MailDelayed) as delayed:
        send()
    assert delayed.value.uncertain
    smtp_server.behave()
    send()
    taken = 2 if step is Step.END else 1
    assert [each.message["Message-ID"] for each in smtp_server.letters] == ["<fall-7@orchard.example>"] * taken


def test_a_letter_that_was_cut_in_the_middle_has_not_arrived(smtp_server, use, send):
    """It is longer than what the system takes ahead of the server."""
    use(smtp_server)
    smtp_server.hang_up(Step.BODY)
    with pytest.raises(MailDelayed, match="broke the connection off") as delayed:
        send(text="A long story.\n" * 500_000)
    assert not delayed.value.uncertain


def test_nobody_there_is_a_delay_until_somebody_is(smtp_server, use, send):
    use(smtp_server)
    smtp_server.stop()
    with pytest.raises(MailDelayed, match=f"Nothing answers at localhost, port {smtp_server.port}"):
        send()
    smtp_server.start()
    send()
    assert len(smtp_server.letters) == 1


@pytest.mark.parametrize("step", [*BEFORE_THE_LETTER, Step.END])
def test_a_4xx_is_a_delay_in_the_servers_words(smtp_server, use, send, step):
    use(smtp_server)
    smtp_server.answer(step, "451 4.7.1 Greylisted, come\tback")
    with pytest.raises(MailDelayed) as delayed:
        send()
    assert not delayed.value.uncertain
    assert str(delayed.value) == "localhost asks to try again later: 4.7.1 Greylisted, come back"
    assert delayed.value.code == 451
    smtp_server.behave()
    send()
    assert len(smtp_server.letters) == 1


@pytest.mark.parametrize(
    ("step", "reply", "fault", "said"),
    [
        (Step.CONNECT, "554 No service", MailMisconfigured, "localhost takes no mail from here: No service"),
        (Step.STARTTLS, "502 No", MailMisconfigured, "localhost takes no mail from here: No"),
        (Step.AUTH, "535 5.7.8 No", MailMisconfigured, "localhost does not take this user name and password: 5.7.8 No"),
        (Step.MAIL, "550 5.1.0 No", MailMisconfigured, "localhost takes no mail from fallow@example.org: 5.1.0 No"),
        (Step.MAIL, "552 5.3.4 Large", MailRefused, "localhost does not take this letter: 5.3.4 Large"),
        (Step.RCPT, "550 5.1.1 Gone", MailRefused, "localhost takes no mail for ben@example.org: 5.1.1 Gone"),
        (Step.RCPT, "550 Gone", MailRefused, "localhost takes no mail for ben@example.org: Gone"),
        (Step.RCPT, "554 5.7.1 Relay", MailMisconfigured, "localhost takes no mail from us: 5.7.1 Relay"),
        (Step.RCPT, "550 5.1.8 Who", MailMisconfigured, "localhost takes no mail from us: 5.1.8 Who"),
        (Step.RCPT, "530 Sign in", MailMisconfigured, "localhost takes no mail from us: Sign in"),
        (Step.DATA, "554 5.5.0 No", MailRefused, "localhost does not take this letter: 5.5.0 No"),
        (Step.END, "554 5.6.0 Spam", MailRefused, "localhost does not take this letter: 5.6.0 Spam"),
        (Step.END, "550 5.7.26 DMARC", MailMisconfigured, "localhost takes no mail from us: 5.7.26 DMARC"),
    ],
)  # fmt: skip
def test_a_5xx_is_for_good_and_says_of_whom_it_speaks(smtp_server, use, send, step, reply, fault, said):
    use(smtp_server)
    smtp_server.answer(step, reply)
    with pytest.raises(fault) as raised:
        send()
    assert (str(raised.value), raised.value.code) == (said, int(reply[:3]))
    assert type(raised.value) is fault
    assert smtp_server.letters == []


def test_one_person_is_refused_and_the_others_are_served(smtp_server, use, send):
    use(smtp_server)
    smtp_server.answer(Step.RCPT, "550 5.1.1 Gone", to="ben@")
    with pytest.raises(MailRefused):
        send()
    send(to="cleo@example.org")
    assert [taken.to for taken in smtp_server.letters] == ["cleo@example.org"]


def test_a_wrong_password(smtp_server, use, send):
    use(smtp_server, password="not this one")
    with pytest.raises(MailMisconfigured, match="localhost does not take this user name and password"):
        send()


def test_a_password_that_smtp_cannot_say(smtp_server, use, send):
    use(smtp_server, password="ä hedge")
    with pytest.raises(MailMisconfigured) as misconfigured:
        send()
    assert "ä hedge" not in str(misconfigured.value)


def test_a_server_that_wants_a_sign_in_and_is_given_none(smtp_server, use, send):
    use(smtp_server, username="", password="")
    with pytest.raises(MailMisconfigured, match="Authentication required"):
        send()


def test_an_unknown_server(smtp_server, use, send):
    use(smtp_server, host="nowhere.invalid")
    with pytest.raises((MailMisconfigured, MailDelayed), match=r"nowhere\.invalid"):  # names may not be asked for
        send()


class TestTls:
    def test_a_certificate_by_nobody_we_know(self, serve_smtp, authority, use, send, monkeypatch):
        for security in ("starttls", "tls"):
            server = serve_smtp(security)
            use(server)
            monkeypatch.delenv("SSL_CERT_FILE", raising=False)
            with pytest.raises(MailMisconfigured, match="The certificate of localhost is not valid: "):
                send()
            assert Step.AUTH not in server.steps

    def test_a_certificate_of_another_or_of_the_past(self, serve_smtp, trusted, use, send):
        for tls, why in ((trusted("other.example"), "mismatch"), (trusted("localhost", expired=True), "expired")):
            server = serve_smtp(tls=tls)
            use(server)
            with pytest.raises(MailMisconfigured, match=why):
                send()
            assert Step.AUTH not in server.steps

    def test_no_starttls_where_it_was_asked_for(self, serve_smtp, use, send):
        plain = serve_smtp("none")
        use(plain, security="starttls")
        with pytest.raises(MailMisconfigured, match="offers no STARTTLS"):
            send()
        assert Step.AUTH not in plain.steps

    def test_tls_where_the_server_begins_in_plain_words(self, serve_smtp, use, send):
        plain = serve_smtp("none")
        use(plain, security="tls")
        with pytest.raises(MailMisconfigured, match=r"does not begin with TLS\. Try STARTTLS\."):
            send()

    def test_plain_words_where_the_server_begins_with_tls(self, serve_smtp, use, send):
        use(serve_smtp("tls"), security="starttls")
        with pytest.raises(MailDelayed, match="did not answer in time"):
            send()


def test_a_server_that_dribbles_comes_to_an_end(account, write):
    """Each of its letters comes in time, so only the limit for the whole ends it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=_dribble, args=(listening,), daemon=True).start()
        told = {"host": "127.0.0.1", "port": listening.getsockname()[1], "security": "none"}
        MailServer.keep(account, **told, sender_address="fallow@example.org")
        db.session.commit()
        with pytest.raises(MailDelayed, match="did not answer in time"):
            deliver(write(), account, patience=Patience(connect=2, answer=2, verdict=2, whole=0.3))


def _dribble(listening):
    connection, _from = listening.accept()
    with connection:
        connection.settimeout(0.01)
        try:
            while True:
                connection.sendall(b"2")
                try:
                    if not connection.recv(1):
                        return
                except TimeoutError:
                    continue
        except OSError:
            return


def test_no_word_holds_the_password(smtp_server, use, send, caplog):
    use(smtp_server)
    caplog.set_level("DEBUG", "host")
    for step in (Step.AUTH, Step.MAIL):
        smtp_server.behave()
        smtp_server.answer(step, "535 5.7.8 No")
        with pytest.raises(MailMisconfigured) as misconfigured:
            send()
        assert PASSWORD not in str(misconfigured.value)
    assert PASSWORD not in caplog.text
