"""Handing one letter to one server. By smtplib, but step by step, for it matters at which one something fails."""

import smtplib
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from host.i18n import _
from host.mail.address import MailAddress
from host.mail.faults import MailDelayed, MailFault, MailMisconfigured, MailRefused
from host.mail.fuse import Fuse
from host.mail.letter import Letter
from host.mail.route import Route
from host.mail.security import Security
from host.mail.verdict import Step, failure, refusal
from host.outgoing.trust import trust

GO_ON = 354


@dataclass(frozen=True)
class Patience:
    """Seconds to wait: for a connection, for each answer, for the last one, at which servers look for spam, and for
    all together."""

    connect: float = 10
    answer: float = 30
    verdict: float = 120
    whole: float = 240


PATIENCE = Patience()


def hand_over(
    letter: Letter,
    to: MailAddress,
    route: Route,
    patience: Patience = PATIENCE,
    last_moment: Callable[[], None] = lambda: None,
) -> None:
    """Returns when the server has taken the letter upon itself. At the last moment before it may have done so,
    `last_moment` is called. Raises MailDelayed, MailRefused, MailMisconfigured."""
    wire = letter.message(to, route.sender).as_bytes()
    with Fuse(patience.whole) as fuse:
        try:
            _Conversation(to, route, patience, fuse, last_moment).send(wire)
        except (MailFault, OSError) as error:  # smtplib's own are of the latter kind
            raise _fault(error, route, late=fuse.blown) from error


def _fault(error: MailFault | OSError, route: Route, *, late: bool) -> MailFault:
    if isinstance(error, MailDelayed) and error.uncertain:
        return error
    if late:  # half an answer may look like one
        return failure(TimeoutError(), route, late=True)
    if isinstance(error, smtplib.SMTPResponseException):  # to the greeting, STARTTLS and the like
        return refusal(Step.CONNECT, error.smtp_code, _bytes(error.smtp_error), route, "")
    return failure(error, route, late=False) if isinstance(error, OSError) else error


class _Conversation:
    def __init__(
        self, to: MailAddress, route: Route, patience: Patience, fuse: Fuse, last_moment: Callable[[], None]
    ) -> None:
        self.to = to
        self.route = route
        self.patience = patience
        self.fuse = fuse
        self.last_moment = last_moment

    def send(self, wire: bytes) -> None:
        line = _Line(self.route, self.patience, self.fuse)
        try:
            self._secure(line)
            self._sign_in(line)
            self._address(line)
            self._hand_over(line, wire)
            with suppress(OSError):  # it has the letter; how we part means nothing
                line.putcmd("QUIT")
        finally:
            line.close()

    def _secure(self, line: "_Line") -> None:
        self._greet(line)
        if self.route.security is Security.STARTTLS:
            if not line.has_extn("STARTTLS"):
                where = {"host": self.route.host, "port": self.route.port}
                raise MailMisconfigured(_("%(host)s, port %(port)s, offers no STARTTLS. Try TLS.", **where))
            line.starttls(context=trust())
            self._greet(line)  # what was said before it was secure does not count

    def _greet(self, line: "_Line") -> None:
        code, said = line.ehlo()
        if code // 100 == 5:  # an old one, that knows only this
            code, said = line.helo()
        self._require(Step.CONNECT, code, said)

    def _sign_in(self, line: "_Line") -> None:
        if not self.route.username:
            return
        try:
            line.login(self.route.username, self.route.password)
        except smtplib.SMTPNotSupportedError as error:
            words = _("%(host)s lets nobody sign in on port %(port)s.", host=self.route.host, port=self.route.port)
            raise MailMisconfigured(words) from error
        except smtplib.SMTPAuthenticationError as error:
            self._refuse(Step.SIGN_IN, error.smtp_code, _bytes(error.smtp_error))
        except UnicodeEncodeError as error:  # smtplib tells it in ASCII
            words = _("%(host)s cannot be told a password with other letters than a to z.", host=self.route.host)
            raise MailMisconfigured(words) from error
        except smtplib.SMTPException as error:
            if isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPResponseException):
                raise
            words = _("%(host)s asks for a way to sign in that Fallow does not know.", host=self.route.host)
            raise MailMisconfigured(words) from error

    def _address(self, line: "_Line") -> None:
        options = []
        if not (self.to.is_ascii and self.route.sender.address.is_ascii):
            if not line.has_extn("SMTPUTF8"):
                raise MailRefused(_("%(host)s cannot write to %(to)s.", host=self.route.host, to=self.to))
            options = ["SMTPUTF8"]
        code, said = line.mail(str(self.route.sender.address), options)
        self._require(Step.SENDER, code, said)
        code, said = line.rcpt(str(self.to))
        self._require(Step.PERSON, code, said)

    def _hand_over(self, line: "_Line", wire: bytes) -> None:
        code, said = line.docmd("DATA")
        if code != GO_ON:
            self._refuse(Step.MESSAGE, code, said)
        line.send(wire.replace(b"\r\n.", b"\r\n.."))  # a lone dot would be its end (RFC 5321, 4.5.2)
        assert line.sock is not None  # noqa: S101 -- narrows the type
        line.sock.settimeout(self.patience.verdict)
        self.last_moment()
        try:
            # From here on the server may have it, whether we hear of that or not.
            line.send(b".\r\n")
            code, said = line.getreply()
            if not 200 <= code < 600:
                raise ConnectionResetError(code)  # it was cut amid its answer
        except OSError as error:
            words = failure(error, self.route, late=self.fuse.blown).message
            raise MailDelayed(words, uncertain=True) from error
        self._require(Step.MESSAGE, code, said)

    def _require(self, step: Step, code: int, said: bytes) -> None:
        if not 200 <= code < 300:
            self._refuse(step, code, said)

    def _refuse(self, step: Step, code: int, said: bytes) -> None:
        raise refusal(step, code, said, self.route, str(self.to))


class _Line(smtplib.SMTP):
    """A connection that its fuse knows of. It stands before the first word is said, so a greeting that never ends is
    cut too; hence the override of what smtplib's own SMTP_SSL overrides."""

    def __init__(self, route: Route, patience: Patience, fuse: Fuse) -> None:
        self.route = route
        self.patience = patience
        self.fuse = fuse
        super().__init__(route.host, route.port, route.sender.address.domain, timeout=patience.connect)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection = socket.create_connection((host, port), timeout)
        try:
            self.fuse.watch(connection)
            connection.settimeout(self.patience.answer)
            if self.route.security is Security.TLS:
                return trust().wrap_socket(connection, server_hostname=host)
        except BaseException:
            connection.close()
            raise
        return connection


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
