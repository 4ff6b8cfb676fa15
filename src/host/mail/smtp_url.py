"""The mail server of the whole installation, as the settings name it: `smtps://user:password@smtp.example.org`."""

from dataclasses import dataclass, field
from email.utils import getaddresses
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from host.errors import Fault
from host.i18n import _
from host.mail.address import MailAddress, ascii_server
from host.mail.security import USUAL_PORTS, Security, shows_password


@dataclass(frozen=True)
class SmtpUrl:
    host: str
    port: int
    security: Security
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Sender:
    """Whom a letter is from."""

    address: MailAddress
    name: str = ""


def read_smtp_url(name: str, text: str) -> SmtpUrl:
    """`smtp://` with STARTTLS, `smtps://` with TLS from the start, `smtp://…?security=none` without either.

    Raises Fault, with the setting's name and without what was typed: it may hold a password.
    """
    try:
        parts = urlsplit(text)
        security = _security(parts)
        host = ascii_server(parts.hostname or "")
        port = USUAL_PORTS[security] if parts.port is None else parts.port
        fits = port > 0 and parts.path in ("", "/") and not parts.fragment
    except ValueError:
        fits = False
    if not fits:
        raise Fault(_("%(name)s is like smtps://user:password@smtp.example.org, its odd letters as %%2F.", name=name))
    found = SmtpUrl(host, port, security, unquote(parts.username or ""), unquote(parts.password or ""))
    if shows_password(found.security, found.host, found.username):
        raise Fault(_("%(name)s would send its password for all to read. Leave out security=none.", name=name))
    return found


def read_sender(name: str, text: str) -> Sender:
    """`Fallow <fallow@example.org>`, or the address alone. Raises Fault, with the setting's name."""
    try:
        ((said, address),) = getaddresses([text])
        return Sender(MailAddress.parse(address), said)
    except ValueError as error:
        wanted = "Fallow <fallow@example.org>"
        raise Fault(_("%(name)s is like %(wanted)s, not “%(text)s”.", name=name, wanted=wanted, text=text)) from error


def _security(parts: SplitResult) -> Security:
    """Raises ValueError for a scheme or a word after the `?` that means nothing here."""
    if parts.scheme == "smtps" and not parts.query:
        return Security.TLS
    if parts.scheme != "smtp":
        raise ValueError(parts.scheme)
    asked = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    security = Security(asked.pop("security", Security.STARTTLS))
    if asked or security is Security.TLS:
        raise ValueError(parts.query)
    return security
