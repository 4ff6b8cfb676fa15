"""Handles: the short names by which people are mentioned, `@ada-field`."""

import re
import unicodedata
from collections.abc import Iterator

from host.errors import Invalid
from host.i18n import _

LONGEST_HANDLE = 32
HANDLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# Nobody's: they read as if they spoke of many, or of the program.
RESERVED = frozenset({"admin", "all", "anyone", "channel", "everybody", "everyone", "fallow", "here", "me", "system"})

# Where a text names somebody. An address of the web is passed over whole. Before the sign stands no word, slash or
# other sign (`ada@example.org`, `/@ada`, `@@ada`); behind the handle goes on no word, domain or path (`@ada_`,
# `@ada.example`, `@types/node`). A handle is taken whole or not at all: its group gives nothing back.
NAMED = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w/@])@(?P<handle>(?>[A-Za-z0-9](?:-?[A-Za-z0-9]){0,39}))(?![\w@]|[./]\w)"
)


def named(text: str) -> Iterator[re.Match[str]]:
    """Where the text names somebody, as matches whose `handle` may be written in capitals."""
    return (found for found in NAMED.finditer(text) if found["handle"])


def plain_handle(name: str) -> str:
    """The name in small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", without_accents(name)).strip("-")[:LONGEST_HANDLE].strip("-") or "someone"


def without_accents(text: str) -> str:
    """Its ASCII letters, small: "Zoë" becomes "zoe"."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def checked_handle(handle: str) -> str:
    """The handle as it is kept: without the sign before it, in small letters. Raises Invalid for one that is
    malformed or reserved; whether it is taken, the space knows."""
    handle = handle.strip().removeprefix("@").lower()
    if len(handle) > LONGEST_HANDLE or not HANDLE.fullmatch(handle):
        message = _("Use 1 to %(n)s small letters and digits, with single hyphens between them.", n=LONGEST_HANDLE)
        raise Invalid({"handle": [message]})
    if handle in RESERVED:
        raise Invalid({"handle": [_("@%(handle)s is nobody’s. Choose another.", handle=handle)]})
    return handle
