"""What no form and no well-meant program sends."""

import os
from collections.abc import Mapping, Sequence

BEYOND = str(2**70)

# In an address, as a server passes it on: escapes undone.
IN_PATHS = (
    b"0",
    b"-1",
    str(2**63 - 1).encode(),
    BEYOND.encode(),
    b"9" * 5000,
    b"one",
    b"1.0",
    "²".encode(),
    b"%00",
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"..",
    b"<b>",
    b"x" * 3000,
)

# In a field of a form, or behind a word of an address.
TEXTS: Mapping[str, bytes] = {
    "nothing": b"",
    "blank": b" \r\n\t",
    "a NUL": b"a\0b",
    "half a character": b"\xed\xa0\x80",
    "no UTF-8": b"\xff\xfe",
    "unseen": "\u200b\u202e\u2066".encode(),
    "marked up": b"<script>alert(1)</script>'\"&",
    "zero": b"0",
    "negative": b"-1",
    "beyond any row": BEYOND.encode(),
    "more digits than Python reads": b"9" * 5000,
    "a digit that is none": "²".encode(),
    "endless": b"1e999",
    "no number": b"NaN",
    "the last moment": b"9999-12-31T23:59",
    "the first day": b"0001-01-01",
    "a way out": b"../../etc/passwd",
    "long": b"x" * 100_000,
}

# Of the fields of forms each gets every eighth of them, the next field the next; `make faults` gives all to each.
SHARE = 1 if os.environ.get("FALLOW_FAULTS") == "full" else 8


def some(words: Sequence[str], turn: int) -> Sequence[str]:
    """The share of whoever has this turn."""
    return words[turn % SHARE :: SHARE]


# Those of them that pages may stumble over behind the question mark, where most are let be.
IN_QUERIES = ("a NUL", "no UTF-8", "negative", "beyond any row", "more digits than Python reads", "the first day")

# In JSON.
VALUES: Mapping[str, object] = {
    "null": None,
    "a list": [],
    "an object": {},
    "a deep list": [[[[]]]],
    "yes": True,
    "a fraction": 1.5,
    "negative": -1,
    "zero": 0,
    "beyond any row": 2**70,
    "endless": float("inf"),
    "nothing": "",
    "a NUL": "a\0b",
    "unseen": "\u200b\u202e\u2066",
    "a word": "word",
    "digits": "9" * 5000,
    "the last moment": "9999-12-31T23:59:59-14:00",
    "the first day": "0001-01-01",
    "long": "x" * 100_000,
    "a list of it all": [None, -1, 2**70, "a\0b", {}],
    "an object of it all": {"a\0b": None, "": [2**70]},
}
