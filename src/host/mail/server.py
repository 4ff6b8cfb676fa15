"""The mail server that a space has of its own."""

from datetime import datetime
from typing import Any, Self

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from host.clock import now
from host.db import Model, db, words
from host.errors import Invalid
from host.i18n import _
from host.mail.address import MailAddress, ascii_server
from host.mail.security import Security, shows_password
from host.models.account import Account
from host.models.typed import LONGEST_NAME, line
from host.sealing import LostSecret, Sealed

LAST_PORT = 65_535
LONGEST_USERNAME = 254
LONGEST_PASSWORD = 1000


class MailServer(Model):
    __tablename__ = "mail_server"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    host: Mapped[str] = mapped_column(String(253))
    port: Mapped[int]
    security: Mapped[Security] = mapped_column(words(Security))
    username: Mapped[str] = mapped_column(String(LONGEST_USERNAME))  # empty where nobody signs in
    password: Mapped[str | None] = mapped_column(Sealed)
    sender_address: Mapped[str] = mapped_column(String(254))
    sender_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    updated_at: Mapped[datetime] = mapped_column(default=now)

    @classmethod
    def of(cls, account: Account) -> Self | None:
        return db.session.get(cls, account.id)

    @classmethod
    def keep(
        cls,
        account: Account,
        *,
        host: str,
        port: int,
        security: Security,
        sender_address: str,
        sender_name: str = "",
        username: str = "",
        password: str = "",
    ) -> Self:
        """From now on the space's letters go this way. An empty password keeps the one there is, as long as it goes to
        the same server and name: nobody gets hold of it by naming a server of theirs. Raises Invalid, by field."""
        found = cls.of(account)
        given = _checked(host, port, security, username.strip(), password, sender_address, sender_name)
        if given["username"] and not password:
            given["password"] = _kept_password(found, given)
        server = found or cls(account_id=account.id)
        for name, value in (given | {"updated_at": now()}).items():
            setattr(server, name, value)
        db.session.add(server)
        return server

    def forget(self) -> None:
        """The space's letters go by the installation's server again, or into its folder."""
        db.session.delete(self)


def _checked(
    host: str, port: int, security: Security, username: str, password: str, sender: str, name: str
) -> dict[str, Any]:
    """What is stored. Raises Invalid with all that is wrong."""
    errors: dict[str, list[str]] = {}
    found: dict[str, Any] = {"port": port, "security": security, "username": username, "sender_name": line(name)}
    found["password"] = password if username and password else None
    try:
        found["host"] = ascii_server(host)
    except ValueError:
        errors["host"] = [_("A server is named like smtp.example.org, without http:// and blanks.")]
    try:
        found["sender_address"] = str(MailAddress.parse(sender))
    except ValueError:
        errors["sender_address"] = [_("“%(email)s” is no e-mail address.", email=sender[:80])]
    if not 0 < port <= LAST_PORT:
        errors["port"] = [_("A port is a number from 1 to %(last)s.", last=LAST_PORT)]
    if len(found["sender_name"]) > LONGEST_NAME:
        errors["sender_name"] = [_("A name has at most %(n)s characters.", n=LONGEST_NAME)]
    errors |= _wrong_sign_in(username, password)
    if "host" in found and shows_password(security, found["host"], username):
        errors["security"] = [_("The password would go out for all to read. Choose STARTTLS or TLS.")]
    if errors:
        raise Invalid(errors)
    return found


def _wrong_sign_in(username: str, password: str) -> dict[str, list[str]]:
    """What cannot be told to a server: it hears one line, and no NUL."""
    errors: dict[str, list[str]] = {}
    if len(username) > LONGEST_USERNAME or not username.isprintable():
        errors["username"] = [_("No server has such a user name.")]
    if len(password) > LONGEST_PASSWORD or not password.isprintable():
        errors["password"] = [_("No server has such a password.")]
    elif password and not username:
        errors["username"] = [_("Whose password is it? Enter the user name as well.")]
    return errors


def _kept_password(found: MailServer | None, given: dict[str, Any]) -> str:
    """The one there is. Raises Invalid where it has to be typed."""
    same = found is not None and (found.host, found.username) == (given["host"], given["username"])
    if found is None or not same or not found.password or isinstance(found.password, LostSecret):
        raise Invalid({"password": [_("Enter the password of this user and server.")]})
    return found.password
