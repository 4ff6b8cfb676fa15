"""The way that a space's letters go: its own mail server, the installation's, or none."""

from dataclasses import dataclass, field
from typing import Self

from flask import current_app

from host.config import Config
from host.db import db, reading
from host.errors import Fault
from host.i18n import _
from host.mail.address import MailAddress
from host.mail.faults import MailMisconfigured
from host.mail.security import Security
from host.mail.server import MailServer
from host.mail.smtp_url import Sender, read_sender, read_smtp_url
from host.sealing import LostSecret


@dataclass(frozen=True)
class Route:
    """All that sending takes, read at once, so that no transaction is open while it goes on."""

    host: str
    port: int
    security: Security
    sender: Sender
    username: str = ""
    password: str = field(default="", repr=False)
    is_own: bool = True  # the space's, not the installation's

    @classmethod
    def of(cls, account_id: int) -> Self | None:
        """None where neither the space nor the installation has a server. Call it without an open transaction, and it
        leaves none. Raises MailMisconfigured."""
        with reading():
            server = db.session.get(MailServer, account_id)
            own = cls._by(server) if server else None
        db.session.rollback()
        return own or cls.of_installation(current_app.extensions["fallow"].config)

    @classmethod
    def of_installation(cls, config: Config) -> Self | None:
        """By `smtp_url`. Raises MailMisconfigured where nobody said who sends."""
        if not config.smtp_url:
            return None
        url = read_smtp_url("smtp_url", config.smtp_url)
        return cls(url.host, url.port, url.security, sender_of(config), url.username, url.password, is_own=False)

    @classmethod
    def _by(cls, server: MailServer) -> Self:
        if isinstance(server.password, LostSecret):
            raise MailMisconfigured(_("The password of the mail server cannot be read any more: enter it anew."))
        sender = Sender(MailAddress.parse(server.sender_address), server.sender_name)
        return cls(server.host, server.port, server.security, sender, server.username, server.password or "")


def sender_of(config: Config) -> Sender:
    """Whom the installation's letters are from. Raises MailMisconfigured where neither setting says so."""
    if config.mail_from:
        return read_sender("mail_from", config.mail_from)
    try:
        return read_sender("mail_from", read_smtp_url("smtp_url", config.smtp_url).username)
    except Fault as fault:
        raise MailMisconfigured(_("Nobody said whom letters are from: set FALLOW_MAIL_FROM.")) from fault
