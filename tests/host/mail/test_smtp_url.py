"""The installation's server, as its settings name it."""

import pytest

from host.config import Config, load
from host.errors import Fault
from host.mail.security import Security
from host.mail.smtp_url import SmtpUrl, read_sender, read_smtp_url


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("smtps://smtp.example.org", SmtpUrl("smtp.example.org", 465, Security.TLS, "", "")),
        ("smtp://u:p@smtp.example.org/", SmtpUrl("smtp.example.org", 587, Security.STARTTLS, "u", "p")),
        ("smtp://smtp.example.org:2525", SmtpUrl("smtp.example.org", 2525, Security.STARTTLS, "", "")),
        ("smtp://h?security=starttls", SmtpUrl("h", 587, Security.STARTTLS, "", "")),
        ("smtp://relay?security=none", SmtpUrl("relay", 25, Security.NONE, "", "")),
        ("smtp://u:p@127.0.0.1?security=none", SmtpUrl("127.0.0.1", 25, Security.NONE, "u", "p")),
        ("smtps://me%40x.example:a%2Fb%3A%23@[::1]:26", SmtpUrl("::1", 26, Security.TLS, "me@x.example", "a/b:#")),
        ("smtps://grüße.example", SmtpUrl("xn--gre-6ka8l.example", 465, Security.TLS, "", "")),
    ],
)
def test_it_is_read(text, found):
    assert read_smtp_url("smtp_url", text) == found


@pytest.mark.parametrize(
    "text",
    ["smtp.example.org", "http://secret@h", "smtp://", "smtp://secret@", "smtp://u:secret@h:0", "smtp://u:secret@h:99999",
     "smtp://u:secret@h:abc", "smtp://u:secret@h/path", "smtp://u:se/cret@h", "smtp://u:secret@h?security=tls",
     "smtp://u:secret@h?security=maybe", "smtp://u:secret@h?starttls", "smtps://u:secret@h?security=none",
     "smtp://u:secret@[::1", "smtp://u:secret@relay?security=none", "smtp://u:secret@h h"],
)  # fmt: skip
def test_what_is_none_is_refused_and_not_repeated(text):
    with pytest.raises(Fault, match="smtp_url") as refused:
        read_smtp_url("smtp_url", text)
    assert "secret" not in str(refused.value)
    assert "cret" not in str(refused.value)


def test_the_sender_is_read():
    sender = read_sender("mail_from", '"Fallow, the" <fallow@grüße.example>')
    assert (str(sender.address), sender.name) == ("fallow@xn--gre-6ka8l.example", "Fallow, the")
    assert read_sender("mail_from", "a@b.example").name == ""
    for text in ("Fallow", "Fallow <>", "a b@c", "a@b, c@d"):
        with pytest.raises(Fault, match="mail_from is like"):
            read_sender("mail_from", text)


def test_settings_are_checked_at_the_start(tmp_path, monkeypatch):
    monkeypatch.setenv("FALLOW_SMTP_URL", "smtps://u:secret@smtp.example.org")
    monkeypatch.setenv("FALLOW_MAIL_FROM", "Fallow <fallow@example.org>")
    config = load(data=tmp_path)
    assert (config.smtp_url, config.mail_from) == ("smtps://u:secret@smtp.example.org", "Fallow <fallow@example.org>")
    assert "u:secret" not in repr(config)
    monkeypatch.setenv("FALLOW_MAIL_FROM", "nobody")
    with pytest.raises(Fault, match="mail_from"):
        load(data=tmp_path)
    monkeypatch.setenv("FALLOW_SMTP_URL", "ftp://u:secret@h")
    with pytest.raises(Fault, match="smtp_url"):
        load(data=tmp_path)
    assert Config().smtp_url == ""
