"""What people and programs type, made fit to be kept: on one line, or as text with plain line ends."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from unicodedata import category

from host.db import LARGEST
from host.errors import Invalid
from host.i18n import _

LONGEST_NAME = 120

# Control characters, of which PostgreSQL takes no NUL; what turns the words of others around, beyond its own end
# (U+202A to U+202E); and halves of characters, which no database takes.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\ud800-\udfff]")

UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def line(text: str) -> str:
    """The words on one line, with one space between them; empty when nothing of it can be seen."""
    kept = " ".join(UNFIT.sub("", " ".join(text.split())).split())
    return kept if seen(kept) else ""


def seen(text: str) -> bool:
    """Whether anything of it can be seen: of joiners and spaces without width alone nobody could press a link."""
    return any(category(each) not in UNSEEN for each in text)


def paragraphs(text: str) -> str:
    """The text with plain line ends."""
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def row_id(text: str) -> int:
    """The number by which an address or a field names a row; 0, which none has, for anything else."""
    known = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))
    return number if known and (number := int(text)) <= LARGEST else 0


def checked_name(name: str) -> str:
    """The name of a person, a space, a board or a column, on one line. Raises Invalid unless it has 1 to 120
    characters."""
    name = line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid({"name": [_("A name has 1 to %(n)s characters.", n=LONGEST_NAME)]})
    return name


def checked_all(checks: Mapping[str, Callable[[Any], Any]], given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, as far as there is a check for it, each by its own. Raises Invalid for all that do not fit, at
    once."""
    fitting: dict[str, Any] = {}
    errors: dict[str, Sequence[str]] = {}
    for field in [field for field in checks if field in given]:
        try:
            fitting[field] = checks[field](given[field])
        except Invalid as invalid:
            errors.update(invalid.errors)
    if errors:
        raise Invalid(errors)
    return fitting
