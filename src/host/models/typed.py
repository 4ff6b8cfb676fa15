"""What people and programs type, made fit to be kept: on one line, or as text with plain line ends."""

import re
from unicodedata import category

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


def checked_name(name: str) -> str:
    """The name of a person, a space, a board or a column, on one line. Raises Invalid unless it has 1 to 120
    characters."""
    name = line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid({"name": [_("A name has 1 to %(n)s characters.", n=LONGEST_NAME)]})
    return name
