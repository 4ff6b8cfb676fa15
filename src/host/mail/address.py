"""E-mail addresses and hosts as they go over the wire."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self

import idna

LONGEST = 254  # octets of an address (RFC 3696, erratum 1690)
LONGEST_LOCAL = 64
LONGEST_HOST = 253
LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*")
# What a mail program writes without quotes, in any script. Quoted names are as good as unused, and a way to smuggle.
LOCAL = re.compile(r"[^\x00-\x20\x7f-\xa0\s\"(),:;<>@\[\\\]\ud800-\udfff]+")


@dataclass(frozen=True)
class MailAddress:
    """`local@domain`, its domain as the machines have it: `grüße.example` is `xn--gre-6ka8l.example`."""

    local: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for what no mail server would take."""
        local, _at, domain = text.strip().rpartition("@")
        if not LOCAL.fullmatch(local) or len(local.encode()) > LONGEST_LOCAL:
            raise ValueError(text)
        found = cls(local, ascii_host(domain))
        if len(str(found).encode()) > LONGEST:
            raise ValueError(text)
        return found

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def is_ascii(self) -> bool:
        """Whether any server can be told it; for others it has to know SMTPUTF8 (RFC 6531)."""
        return self.local.isascii()


def ascii_host(text: str) -> str:
    """A name of a machine or domain, in ASCII. Raises ValueError for what is none."""
    name = text.strip().rstrip(".")
    if not name.isascii():
        name = idna.encode(name, uts46=True).decode()
    if not HOST.fullmatch(name) or len(name) > LONGEST_HOST:
        raise ValueError(text)
    return name.lower()


def ascii_server(text: str) -> str:
    """The same, or an IP address, also in brackets. Raises ValueError for what is neither."""
    bare = text.strip().removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(bare))
    except ValueError:
        return ascii_host(text)


def is_this_machine(host: str) -> bool:
    """Whether what is sent to it does not leave this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
