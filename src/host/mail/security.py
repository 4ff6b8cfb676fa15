"""How the way to a mail server is kept from others' eyes."""

from enum import StrEnum

from host.mail.address import is_this_machine


class Security(StrEnum):
    STARTTLS = "starttls"  # encrypted from its second sentence on, or not used at all
    TLS = "tls"  # encrypted from the start
    NONE = "none"


USUAL_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


def shows_password(security: Security, host: str, username: str) -> bool:
    """Whether whoever listens on the way would learn the password."""
    return security is Security.NONE and bool(username) and not is_this_machine(host)
