"""What goes over the wire, whatever a letter holds."""

from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.mail.address import MailAddress, ascii_server, is_this_machine
from host.mail.letter import Letter
from host.mail.smtp_url import Sender

BEN = MailAddress("ben", "example.org")
SENDER = Sender(MailAddress("fallow", "example.org"), "Fallow")
LINK = "<http://127.0.0.1:7333/notifications/leave/" + "a" * 300 + ">"


def wire(letter: Letter, to: MailAddress = BEN) -> bytes:
    return letter.message(to, SENDER).as_bytes()


def test_a_long_link_in_a_header_stays_in_one_piece(write):
    headers = {"List-Unsubscribe": LINK, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    sent = wire(write(headers=headers)).decode()
    assert f"\r\nList-Unsubscribe: {LINK}\r\n" in sent
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in sent


def test_a_long_message_id_stays_in_one_piece(write):
    message_id = f"<{'a' * 100}@{'b' * 100}.example>"
    assert f"\r\nMessage-ID: {message_id}\r\n" in wire(write(message_id=message_id)).decode()


@given(st.text(max_size=200), st.text(max_size=80))
def test_no_text_becomes_a_header_of_its_own(subject, name):
    letter = Letter("ben@example.org", subject, "x", "<p>x</p>", "<a@b>", to_name=name)
    sent = message_from_bytes(wire(letter), policy=policy.default)
    assert sorted(sent.keys()) == ["Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]
    assert [str(address.addr_spec) for address in sent["To"].addresses] == ["ben@example.org"]


@pytest.mark.parametrize("subject", ["Hi\r\nBcc: eve@example.org", "Hi\nBcc: eve@example.org\n\nx", "Hi\x00\x0b\x0c"])
def test_a_subject_is_one_line(write, subject):
    sent = message_from_bytes(wire(write(subject=subject)), policy=policy.default)
    assert sent["Bcc"] is None
    assert sent["Subject"].startswith("Hi")


@pytest.mark.parametrize("message_id", ["", "a@b", "<a>", "<a@b", "<a@b>\r\nBcc: x@y", "<a b@c>", "<ä@b>", "<a@b><c@d"])
def test_what_is_no_message_id_is_refused(write, message_id):
    with pytest.raises(ValueError, match="no Message-ID"):
        write(message_id=message_id)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Note", "a\r\nBcc: eve@example.org"),
        ("X-Note", ""),
        ("X-Note", "ä"),
        ("X-Note: a\r\nBcc", "eve@example.org"),
        ("X Note", "a"),
        ("Bcc", "eve@example.org"),
        ("from", "eve@example.org"),
        ("Content-Type", "text/html"),
    ],
)
def test_what_is_no_header_of_a_plugin_is_refused(write, name, value):
    with pytest.raises(ValueError, match="cannot be"):
        write(headers={name: value})


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ben@example.org", "ben@example.org"),
        (" Ben.Hollow+list@Example.ORG. ", "Ben.Hollow+list@example.org"),
        ("o'ben@mail_1.example.org", "o'ben@mail_1.example.org"),
        ("ben@localhost", "ben@localhost"),
        ("ben@grüße.example", "ben@xn--gre-6ka8l.example"),
        ("用户@例子.example", "用户@xn--fsqu00a.example"),
    ],
)
def test_an_address_as_the_machines_have_it(typed, address):
    assert str(MailAddress.parse(typed)) == address


@pytest.mark.parametrize(
    ("typed", "server"),
    [(" SMTP.example.org ", "smtp.example.org"), ("10.0.0.7", "10.0.0.7"), ("[::1]", "::1"), ("fe80::1", "fe80::1")],
)
def test_a_server_as_the_machines_have_it(typed, server):
    assert ascii_server(typed) == server


NO_SERVERS = ["", ".", "a b", "http://a", "a:25", "a/b", "a..b", "-a", "a@b", "ä" * 64, "x" * 64, "x." * 128]


@pytest.mark.parametrize("typed", NO_SERVERS)
def test_what_is_no_server(typed):
    with pytest.raises(ValueError):
        ascii_server(typed)


def test_this_machine_is_told_from_others():
    assert all(map(is_this_machine, ["localhost", "127.0.0.1", "127.9.9.9", "::1"]))
    assert not any(map(is_this_machine, ["10.0.0.7", "localhost.example.org", "0.0.0.0", "example.org"]))
