"""What a server's answer, or its silence, means for whoever sends."""

import re
import smtplib
import socket
import ssl
from enum import Enum, auto

from host.i18n import _
from host.mail.faults import MailDelayed, MailFault, MailMisconfigured, MailRefused
from host.mail.route import Route
from host.models.typed import line

LONGEST_SAID = 300
LASTING = 500  # replies from here on are for good (RFC 5321, 4.2.1)
SIGN_IN_FIRST = 530
TOO_LARGE = 552
# What is about us, although it is said of a person or a letter: policy (X.7), and a sender who is none (X.1.7, X.1.8).
# Servers such as Postfix keep all their objections back until they know for whom a letter is.
ABOUT_US = re.compile(r"5\.(7\.\d+|1\.[78])\b")
NO_SUCH_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
# A server that begins in plain words where TLS was expected; OpenSSL takes them for an odd version.
NO_TLS = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG", "HTTP_REQUEST", "UNKNOWN_PROTOCOL"}


class Step(Enum):
    """What was just asked of the server."""

    CONNECT = auto()
    SIGN_IN = auto()
    SENDER = auto()
    PERSON = auto()
    MESSAGE = auto()


def refusal(step: Step, code: int, reply: bytes, route: Route, to: str) -> MailFault:
    """What a reply means that is not the one hoped for."""
    said = line(reply.decode(errors="replace"))[:LONGEST_SAID]
    if not LASTING <= code < LASTING + 100:
        return MailDelayed(_("%(host)s asks to try again later: %(said)s", host=route.host, said=said), code=code)
    if step is Step.SENDER and code == TOO_LARGE:
        step = Step.MESSAGE
    elif step in (Step.PERSON, Step.MESSAGE) and (code == SIGN_IN_FIRST or ABOUT_US.match(said)):
        return MailMisconfigured(_("%(host)s takes no mail from us: %(said)s", host=route.host, said=said), code=code)
    kind = MailRefused if step in (Step.PERSON, Step.MESSAGE) else MailMisconfigured
    return kind(_sentence(step, route, to, said), code=code)


def failure(error: OSError, route: Route, *, late: bool) -> MailFault:
    """What it means that the connection failed; `late`: because we cut it, when the time was up."""
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        error = error.__context__  # smtplib puts its own error over what happened
    if late or isinstance(error, TimeoutError):
        return MailDelayed(_("%(host)s did not answer in time.", host=route.host))
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return _insecure(error, route)
    if isinstance(error, socket.gaierror) and error.errno in NO_SUCH_HOST:
        return MailMisconfigured(_("There is no server called %(host)s.", host=route.host))
    if isinstance(error, ConnectionRefusedError):
        return MailDelayed(_("Nothing answers at %(host)s, port %(port)s.", host=route.host, port=route.port))
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError | ssl.SSLEOFError):
        return MailDelayed(_("%(host)s broke the connection off.", host=route.host))
    return MailDelayed(_("No connection to %(host)s could be made.", host=route.host))


def _insecure(error: ssl.SSLError, route: Route) -> MailFault:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message.rstrip(".")
        return MailMisconfigured(_("The certificate of %(host)s is not valid: %(why)s.", host=route.host, why=why))
    if error.reason in NO_TLS:
        words = _("%(host)s, port %(port)s, does not begin with TLS. Try STARTTLS.", host=route.host, port=route.port)
        return MailMisconfigured(words)
    return MailDelayed(_("No secure connection to %(host)s came about.", host=route.host))


def _sentence(step: Step, route: Route, to: str, said: str) -> str:
    known = {"host": route.host, "said": said}
    if step is Step.CONNECT:
        return _("%(host)s takes no mail from here: %(said)s", **known)
    if step is Step.SIGN_IN:
        return _("%(host)s does not take this user name and password: %(said)s", **known)
    if step is Step.SENDER:
        return _("%(host)s takes no mail from %(sender)s: %(said)s", sender=route.sender.address, **known)
    if step is Step.PERSON:
        return _("%(host)s takes no mail for %(to)s: %(said)s", to=to, **known)
    return _("%(host)s does not take this letter: %(said)s", **known)
