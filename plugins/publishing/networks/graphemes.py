"""What people take for one character, by Unicode's rule (UAX 29, extended grapheme clusters)."""

import regex

_CLUSTER = regex.compile(r"\X")


def graphemes(text: str) -> int:
    """How many there are: a letter with its marks is one, and so is a family of emoji."""
    return sum(1 for _each in _CLUSTER.finditer(text))
